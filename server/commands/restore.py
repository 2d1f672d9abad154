"""`restore`: a new data directory from a backup, or the rehearsal of that."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from server.backup.restoring import check_backup, drill, restore_backup
from server.errors import BackupDamagedError, SettingsError


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("backup", type=Path, help="a folder that 'backup' made")
    parser.add_argument("--data", type=Path, metavar="DIR", help="new data directory")
    parser.add_argument("--database", metavar="URL", help="empty database, for one of PostgreSQL")
    parser.add_argument(
        "--drill", action="store_true", help="restore, verify, and throw the restored away"
    )
    parser.add_argument("--key", metavar="FINGERPRINT", help="the key that must have signed it")


def run(arguments: Namespace) -> int:
    signed = check_backup(arguments.backup)
    if arguments.key is not None and arguments.key != signed.fingerprint:
        raise BackupDamagedError(
            f"{arguments.backup} was signed with key {signed.fingerprint}, not {arguments.key};"
            " it may not be the study's"
        )
    if arguments.drill:
        report, where = drill(arguments.backup), "restored and verified; nothing of it is left"
    elif arguments.data is None:
        raise SettingsError("say where to: --data DIR, or --drill to try it")
    else:
        report = restore_backup(arguments.backup, arguments.data, arguments.database)
        where = f"restored to {arguments.data}; start it with 'doseline-server serve'"
    sys.stdout.write(
        f"backup of {signed.manifest.taken_at}, signed with key {signed.fingerprint}:"
        f" {report.n_rows} ledger entries, the chain is whole\n{where}\n"
    )
    return 0
