"""The way back: a backup is checked whole before anything is made of it, and again afterwards."""

import shutil
import tempfile
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from server.backup.manifest import FILE, Manifest, Signed, read_manifest
from server.backup.postgresql import DUMP, restore_database
from server.backup.taking import mark_file
from server.backup.trouble import tell_trouble
from server.db.data_directory import (
    make_data_directory,
    mark_data_directory,
    sync_directory,
    sync_file,
)
from server.db.database import Database
from server.db.opening import open_and_migrate
from server.errors import BackupDamagedError, SettingsError
from server.sessions.audit import AuditReport, check_chain
from server.sessions.audited_rows import read_audited_rows
from server.sessions.chain import Head
from server.study.chains import STUDY_CHAINS, StudyChain


def check_backup(folder: Path) -> Signed:
    """The backup's manifest, once every byte is what was signed. Raises BackupDamagedError."""
    try:
        signed = read_manifest((folder / FILE).read_bytes())
    except OSError:
        raise BackupDamagedError(f"{folder} is no backup: it has no {FILE}") from None
    for name, mark in signed.manifest.files.items():
        try:
            is_whole = mark_file(folder / name) == mark
        except OSError:
            is_whole = False
        if not is_whole:
            raise BackupDamagedError(f"{folder / name} is not what was backed up; use another one")
    return signed


def restore_backup(folder: Path, target: Path, database_url: str | None) -> AuditReport:
    """Make a new data directory of a checked backup; its ledger is verified before it counts.

    Raises SettingsError, or BackupDamagedError; then nothing is left of it.
    """
    manifest = check_backup(folder).manifest
    directory = make_data_directory(target, manifest.store)
    try:
        _fill(folder, manifest, target, database_url)
        with open_and_migrate(directory, database_url) as database:
            report = _verify_ledger(database, manifest)
    except (BackupDamagedError, SettingsError):
        _empty(target)
        raise
    except (OSError, SQLAlchemyError) as error:
        _empty(target)
        raise SettingsError(f"can't restore to {target}: {tell_trouble(error)}") from error
    mark_data_directory(directory)
    return report


def drill(folder: Path) -> AuditReport:
    """Restore beside the backup, verify, and throw away what was restored.

    Raises SettingsError or BackupDamagedError.
    """
    if check_backup(folder).manifest.store == "postgresql":
        raise SettingsError(
            "a drill needs a database to fill: make an empty one and restore into it with"
            " --data and --database"
        )
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".drill-") as scratch:
        return restore_backup(folder, Path(scratch) / "study", None)


def _fill(folder: Path, manifest: Manifest, target: Path, database_url: str | None) -> None:
    if manifest.store == "postgresql":
        if database_url is None:
            raise SettingsError("this backup is of PostgreSQL; give an empty one with --database")
        restore_database(folder / DUMP, database_url)
        return
    if database_url is not None:
        raise SettingsError("this backup keeps its own database; leave out --database")
    for name in manifest.files:
        copied = target / name
        shutil.copyfile(folder / name, copied)
        copied.chmod(0o600)
        sync_file(copied)
    sync_directory(target)


def _verify_ledger(database: Database, manifest: Manifest) -> AuditReport:
    with database.reading() as connection:
        report = check_chain(read_audited_rows(connection), _read_heads(manifest))
        others = [one.check(connection, _read_other(manifest, one)) for one in STUDY_CHAINS]
    if report.findings:
        raise BackupDamagedError(f"its ledger is not whole: {report.findings[0].sentence}")
    for chain, other in zip(STUDY_CHAINS, others, strict=True):
        if other.findings:
            told = other.findings[0].sentence
            raise BackupDamagedError(f"its {chain.label} are not whole: {told}")
    return report


def _read_heads(manifest: Manifest) -> list[Head]:
    n, digest = manifest.ledger_head.split()
    return [Head(int(n), bytes.fromhex(digest))] if manifest.ledger_n else []


def _read_other(manifest: Manifest, chain: StudyChain) -> list[Head]:
    told = manifest.heads.get(chain.word)
    if told is None:
        return []
    _word, n, digest = told.split()
    return [Head(int(n), bytes.fromhex(digest))]


def _empty(target: Path) -> None:
    """Ours alone: it was empty when we came."""
    for path in target.iterdir():
        path.unlink()
