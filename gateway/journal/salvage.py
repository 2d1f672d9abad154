"""Everything readable of a damaged journal into a new file; the damaged one is only read."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gateway.errors import JournalCorruptError, JournalError
from gateway.journal.carving import carve_rows
from gateway.journal.connection import open_file
from gateway.journal.entries import Entry
from gateway.journal.entry_table import insert_entries
from gateway.journal.folder import create_file
from gateway.journal.inspection import copy_file
from gateway.journal.rows import Row, decode_row, read_row
from gateway.journal.schema import Meta
from gateway.journal.sqlite_errors import translated_errors
from protocol.identifiers import Epoch

UNKNOWN_EPOCH = Epoch("unknown")  # where even the counters are unreadable

_ALL = "SELECT seq, strap, is_gap, body, digest FROM entry ORDER BY seq"
_QUARANTINE = "SELECT epoch, seq, strap, is_gap, body, digest, reason FROM quarantine"
_KEEP_QUARANTINE = "INSERT OR IGNORE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read. `meta` None: not even the counters."""

    meta: Meta | None
    entries: tuple[Entry, ...]  # intact ones, by number
    quarantine: tuple[tuple[Any, ...], ...]


def read_readable(path: Path) -> Salvaged:
    """Every intact entry of a journal file, whatever else is wrong with it.

    Half a commit that a crash left is undone first, in a copy, if SQLite still can.
    """
    with TemporaryDirectory() as aside:
        copy = copy_file(path, Path(aside))
        with closing(open_file(copy, "rw")) as connection:
            meta = _read_meta(connection)
            rows = _read_while_it_works(connection, _ALL)
            quarantine = _read_while_it_works(connection, _QUARANTINE)
        entries = _intact([read_row(values) for values in rows])
        for row in carve_rows(copy.read_bytes()):
            if row.seq not in entries and (meta is None or row.seq < meta.next_seq):
                entries |= _intact([row])
    return Salvaged(meta, tuple(entry for _, entry in sorted(entries.items())), tuple(quarantine))


def write_salvaged(salvaged: Salvaged, path: Path) -> None:
    """A new journal file with what was read. Raises JournalError if there is such a file."""
    if path.exists():
        raise JournalError(f"{path} exists already; name another file with --out")
    meta = salvaged.meta
    create_file(path, UNKNOWN_EPOCH if meta is None else Epoch(meta.epoch))
    with translated_errors(), closing(open_file(path, "rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        insert_entries(connection, salvaged.entries)
        connection.executemany(_KEEP_QUARANTINE, salvaged.quarantine)
        if meta is not None:
            meta.write(connection)
        connection.execute("COMMIT")


def _intact(rows: Iterable[Row]) -> dict[int, Entry]:
    return {row.seq: entry for row in rows if (entry := decode_row(row)) is not None}


def _read_meta(connection: sqlite3.Connection) -> Meta | None:
    with suppress(JournalCorruptError, sqlite3.Error, TypeError, ValueError):
        return Meta.read(connection)
    return None


def _read_while_it_works(connection: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    """Rows up to the first that SQLite can't reach."""
    rows: list[tuple[Any, ...]] = []
    with suppress(sqlite3.Error, OverflowError, UnicodeDecodeError):
        rows.extend(connection.execute(query))
    return rows
