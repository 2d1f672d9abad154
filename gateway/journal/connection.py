"""A connection to a journal file with every setting made and read back."""

import sqlite3
from contextlib import ExitStack
from pathlib import Path

from gateway.errors import JournalCorruptError, JournalError
from gateway.journal.schema import SCHEMA_VERSION, TABLES, TABLES_OF, upgrade_tables
from gateway.journal.sqlite_errors import translated_errors
from gateway.journal.store_mode import StoreMode


def connect(path: Path, mode: StoreMode) -> tuple[sqlite3.Connection, dict[str, str]]:
    """The writer's connection, and its settings as read back.

    Raises JournalCorruptError, JournalBusyError, JournalError.
    """
    with translated_errors():
        connection = open_file(path, "rw")
        with ExitStack() as undo:
            undo.callback(connection.close)
            settings = _apply(connection, mode)
            check_file(connection, path)
            upgrade_tables(connection)
            undo.pop_all()
    return connection, settings


def open_file(path: Path, access: str) -> sqlite3.Connection:
    """A bare connection; `access` is one of SQLite's URI modes: "ro", "rw", "rwc"."""
    uri = f"{path.resolve().as_uri()}?mode={access}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    # A flipped bit in a text must reach the digests as a wrong text, not as an exception.
    connection.text_factory = lambda raw: raw.decode(errors="replace")
    return connection


def check_file(connection: sqlite3.Connection, path: Path) -> None:
    """Version, tables and structure. Raises JournalError or JournalCorruptError."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if finding != "ok":
        raise JournalCorruptError(f"{path} is damaged: {str(finding).splitlines()[-1]}")
    tables = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql > ''")}
    has_our_tables = tables == TABLES_OF.get(version, set(TABLES))
    if version > SCHEMA_VERSION and not has_our_tables:
        raise JournalError(f"{path} is of a newer gateway (version {version}); update this one")
    if version not in TABLES_OF or not has_our_tables:
        raise JournalCorruptError(f"{path} is damaged: its tables are not as they were made")


def _apply(connection: sqlite3.Connection, mode: StoreMode) -> dict[str, str]:
    settings = {"sqlite": sqlite3.sqlite_version, "reason": mode.reason}
    for name, value, expected in mode.pragmas():
        connection.execute(f"PRAGMA {name} = {value}")
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if str(found) != expected:
            raise JournalError(
                f"the journal's {name} is {found}, not {expected}: "
                "use a local disk, and close other programs that use this journal"
            )
        settings[name] = str(found)
    return settings
