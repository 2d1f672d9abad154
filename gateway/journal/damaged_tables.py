"""Tables of a damaged file, read for as long as SQLite can: what it can't reach is left out."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from gateway.errors import JournalCorruptError
from gateway.journal.heard import Streams, follow_numbered
from gateway.journal.rows import decode_row, plain_moment, plain_strap, read_row
from gateway.journal.schema import Meta
from gateway.journal.stamp_table import read_stamps

NEWEST = 500  # entries that correct the stamps, which have no digest: 5 s of 15 straps

_LATEST = "SELECT seq, strap, is_gap, body, digest FROM entry ORDER BY seq DESC LIMIT ?"


def read_while_it_works(
    connection: sqlite3.Connection, query: str, *values: int
) -> Iterator[tuple[Any, ...]]:
    """Rows up to the first that SQLite can't reach."""
    with suppress(sqlite3.Error, OverflowError, UnicodeDecodeError):
        yield from connection.execute(query, values)


def read_counters(connection: sqlite3.Connection) -> Meta | None:
    """None if they are no longer what was written."""
    with suppress(JournalCorruptError, sqlite3.Error, TypeError, ValueError):
        return Meta.read(connection)
    return None


def read_last_stamps(connection: sqlite3.Connection) -> Streams | None:
    """Newest stamp of each stream of the last run; None if nothing says which there were.

    The newest entries know better than the stamps, which have no digest.
    """
    try:
        stamps = read_stamps(connection)
    except (JournalCorruptError, sqlite3.Error, ValueError):
        return None
    newest = [decode_row(read_row(row)) for row in read_while_it_works(connection, _LATEST, NEWEST)]
    known = dict(stamps)
    follow_numbered(known, [entry for entry in reversed(newest) if entry is not None])
    return {(plain_strap(key[0]), key[1]): plain_moment(known[key]) for key in stamps}


def finish_commits(connection: sqlite3.Connection) -> None:
    """Have a copy's last commits in its main file, or undone, before its pages are searched."""
    with suppress(sqlite3.Error):
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
