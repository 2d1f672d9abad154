"""Whether anything was written since, without reading any of it."""

from pathlib import Path
from typing import Final

from server.backup.taking import BackupSource
from server.vault.opening import FILE as VAULT_FILE

State = tuple[str, ...]  # what differs as soon as anything was written; compared, never read
_WAL: Final = "-wal"


def read_state(source: BackupSource) -> State:
    """The databases' state now. Raises SQLAlchemyError."""
    if source.directory.store == "postgresql":
        with source.database.reading() as connection:
            written_to = connection.exec_driver_sql("SELECT pg_current_wal_lsn()").scalar_one()
        return (str(written_to),)
    files = (source.directory.sqlite_path, source.directory.path / VAULT_FILE)
    return tuple(
        _describe(file.with_name(file.name + ending)) for file in files for ending in ("", _WAL)
    )


def _describe(file: Path) -> str:
    try:
        found = file.stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_mtime_ns} {found.st_size}"
