"""SQLite as the server's store: which library, which journal mode, and proof of both.

The WAL of SQLite 3.7.0 to 3.51.2 can lose committed transactions when one connection checkpoints
while another writes; 3.51.3 fixed it, with backports to 3.50.7 and 3.44.6. An older library gets
DELETE with EXTRA, which lost nothing in any power cut of the trials (decision 0003).
"""

import importlib
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from server.errors import SettingsError

BUSY_TIMEOUT_MS: Final = 5_000  # longer than any write transaction of ours
JOURNAL_SIZE_LIMIT_BYTES: Final = 64 * 1024 * 1024  # promise A7: the WAL stays below 64 MiB

_SYNCHRONOUS_NUMBER: Final = {"FULL": 2, "EXTRA": 3}  # sqlite.org/pragma.html#pragma_synchronous

Version = tuple[int, int, int]


def load_sqlite() -> ModuleType:
    """`pysqlite3` (a newer library, where its wheel exists), else the standard library's module."""
    try:
        return importlib.import_module("pysqlite3")
    except ImportError:
        return importlib.import_module("sqlite3")


def is_wal_safe(version: Version) -> bool:
    """Whether this library has the WAL-reset fix."""
    backported = (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)
    return version >= (3, 51, 3) or backported


def choose_journal_mode(version: Version) -> tuple[str, str]:
    """(journal_mode, synchronous) that loses nothing with this library."""
    return ("WAL", "FULL") if is_wal_safe(version) else ("DELETE", "EXTRA")


def prepare_connection(connection: Any, *, version: Version, writes: bool) -> None:
    """Set every pragma on a fresh DBAPI connection and read it back. Raises SettingsError.

    Only the writer may change rows, and it checkpoints by explicit command: SQLite swallows the
    error of a sync that fails in an automatic checkpoint, and promise A5 needs to see it.
    """
    journal_mode, synchronous = choose_journal_mode(version)
    wanted: dict[str, tuple[object, object]] = {
        "busy_timeout": (BUSY_TIMEOUT_MS, BUSY_TIMEOUT_MS),
        "journal_mode": (journal_mode, journal_mode.lower()),
        "synchronous": (synchronous, _SYNCHRONOUS_NUMBER[synchronous]),
        "foreign_keys": ("ON", 1),
        "recursive_triggers": ("ON", 1),  # without it REPLACE deletes past the append-only triggers
        "trusted_schema": ("OFF", 0),
        "journal_size_limit": (JOURNAL_SIZE_LIMIT_BYTES, JOURNAL_SIZE_LIMIT_BYTES),
        "wal_autocheckpoint": (0, 0),
        "query_only": ("OFF" if writes else "ON", int(not writes)),
    }
    for pragma, (value, expected) in wanted.items():
        connection.execute(f"PRAGMA {pragma}={value}")
        found = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
        if found != expected:
            raise SettingsError(
                f"SQLite did not take {pragma}={value} (it says {found}), without which data could"
                " be lost; put the data directory on a local file system and end other programs"
                " that use it"
            )


def checkpoint(connection: Any) -> None:
    """Move the WAL's pages into the database file; no effect in DELETE mode.

    `connection` is the driver's, outside a transaction. Raises the driver's errors.
    """
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy in one statement; in WAL mode the writer goes on meanwhile.

    Raises SettingsError.
    """
    sqlite = load_sqlite()
    try:
        with closing(sqlite.connect(f"file:{source}?mode=ro", uri=True)) as connection:
            connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite.Error as error:
        raise SettingsError(f"can't copy {source.name} into {target.parent}: {error}") from error


def copies_beside_writer() -> bool:
    """Whether `copy_database` lets the writer go on: an older library's journal does not."""
    return choose_journal_mode(load_sqlite().sqlite_version_info)[0] == "WAL"
