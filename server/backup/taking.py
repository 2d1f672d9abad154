"""Takes a backup: a folder that appears whole, synced and signed, or not at all."""

import hashlib
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from protocol.ledger.instants import format_utc_ms
from server.backup.last_backup import LastBackup, note_backup
from server.backup.manifest import (
    FILE,
    FORMAT,
    FileMark,
    Manifest,
    describe_head,
    read_manifest,
    sign_manifest,
)
from server.backup.postgresql import DUMP, dump_database
from server.backup.retention import choose_expired, name_backup
from server.backup.signing_key import open_signing_key
from server.db.data_directory import DataDirectory
from server.db.database import Database
from server.db.folder import new_folder
from server.db.sqlite import copy_database
from server.errors import BackupDamagedError, SettingsError
from server.sessions.ledger import read_head
from server.study.chains import STUDY_CHAINS
from server.vault.opening import FILE as VAULT_FILE

PRIVATE: Final = 0o700  # a backup holds names, as the vault does
ABANDONED_AFTER_NS: Final = 24 * 3600 * 10**9  # no copy takes a day
_READ_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BackupSource:
    """What is backed up."""

    directory: DataDirectory
    database: Database
    database_url: str | None


def take_backup(source: BackupSource, place: Path, wall_ns: int) -> LastBackup:
    """Write a backup into a folder of its own in `place`, and note it. Raises SettingsError."""
    utc_ms = wall_ns // 1_000_000
    target = place / name_backup(datetime.fromtimestamp(utc_ms // 1000, UTC))
    _require_outside(source.directory.path, place)
    with source.database.reading() as connection:
        head = read_head(connection)  # read first: the copy holds that much, and perhaps more
        heads = _describe_others(connection)
    with new_folder(target, mode=PRIVATE) as folder:
        _copy_study(source, folder)
        manifest = Manifest(
            format=FORMAT,
            study=source.directory.path.resolve().name,
            store=source.directory.store,
            taken_at=format_utc_ms(utc_ms),
            ledger_n=head.n,
            ledger_head=describe_head(head),
            files={path.name: mark_file(path) for path in sorted(folder.iterdir())},
            heads=heads,
        )
        key = open_signing_key(source.directory.path)
        (folder / FILE).write_bytes(sign_manifest(manifest, key))
    taken = LastBackup(manifest.taken_at, wall_ns, head.n, str(target.resolve()))
    note_backup(source.directory.path, taken)
    return taken


def drop_expired(source: BackupSource, taken: LastBackup) -> None:
    """Delete this study's old backups that newer ones stand in for. Raises OSError."""
    place = Path(taken.place).parent
    key = open_signing_key(source.directory.path).public_key().public_bytes_raw()
    names = [path.name for path in place.iterdir() if _is_signed_by(path / FILE, key)]
    for name in choose_expired(names, Path(taken.place).name):
        shutil.rmtree(place / name)
    for unfinished in place.glob(".20*Z-*"):  # its server was stopped in mid-copy
        if taken.taken_wall_ns - unfinished.stat().st_mtime_ns > ABANDONED_AFTER_NS:
            shutil.rmtree(unfinished)


def _is_signed_by(manifest: Path, public_key: bytes) -> bool:
    """Another study's backups may lie in the same place, and other folders."""
    try:
        signed = read_manifest(manifest.read_bytes())
    except (OSError, BackupDamagedError):
        return False
    return signed.manifest.public_key == public_key.hex()


def mark_file(path: Path) -> FileMark:
    """A file's length and SHA-256."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_READ_BYTES):
            digest.update(piece)
    return FileMark(path.stat().st_size, digest.hexdigest())


def _describe_others(connection: Connection) -> dict[str, str]:
    """Heads of the study's other chains, where there is anything in them."""
    heads = [(one, one.read_head(connection)) for one in STUDY_CHAINS]
    return {one.word: one.describe_head(head) for one, head in heads if head.n}


def _copy_study(source: BackupSource, folder: Path) -> None:
    directory = source.directory
    if directory.store == "postgresql":
        dump_database(source.database_url or "", folder / DUMP)
        return
    copy_database(directory.sqlite_path, folder / directory.sqlite_path.name)
    vault = directory.path / VAULT_FILE
    if vault.exists():  # it is made when the server starts for the first time
        copy_database(vault, folder / VAULT_FILE)


def _require_outside(directory: Path, place: Path) -> None:
    if place.resolve().is_relative_to(directory.resolve()):
        raise SettingsError(
            f"{place} is inside the data directory and would be lost with it;"
            " give a folder on another disk"
        )
