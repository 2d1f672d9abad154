"""`backup`: a copy of the whole study elsewhere, whole and signed."""

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from server.backup.manifest import fingerprint
from server.backup.signing_key import open_signing_key
from server.backup.taking import BackupSource, take_backup
from server.commands.study_arguments import (
    add_study_arguments,
    open_command_study,
    read_study_settings,
)
from server.db.opening import require_data_directory


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="PLACE",
        help="folder on another disk; the backup is a new folder in it",
    )
    add_study_arguments(parser)


def run(arguments: Namespace) -> int:
    settings = read_study_settings(arguments)
    directory = require_data_directory(settings.data)
    with open_command_study(arguments) as database:
        source = BackupSource(directory, database, settings.database_url)
        taken = take_backup(source, arguments.to, time.time_ns())
    key = open_signing_key(directory.path).public_key().public_bytes_raw()
    sys.stdout.write(
        f"{taken.place}\n"
        f"the ledger up to entry {taken.ledger_n}, and everything in the archive; it holds names:"
        " keep it locked away\n"
        f"signed with key {fingerprint(key)}\n"
    )
    return 0
