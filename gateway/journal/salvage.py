"""Everything readable of a damaged journal into a new file; the damaged one is only read."""

import mmap
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gateway.errors import JournalCorruptError, JournalError
from gateway.journal.carving import carve_rows
from gateway.journal.connection import open_file
from gateway.journal.entries import Entry
from gateway.journal.entry_table import insert_entries
from gateway.journal.folder import create_file
from gateway.journal.heard import Streams, read_stamps
from gateway.journal.inspection import copy_file
from gateway.journal.rows import Row, decode_row, read_row
from gateway.journal.schema import Meta
from gateway.journal.sqlite_errors import translated_errors
from protocol.identifiers import Epoch, StrapId

UNKNOWN_EPOCH = Epoch("unknown")  # where even the counters are unreadable

_ABOVE = "SELECT seq, strap, is_gap, body, digest FROM entry WHERE seq > ? ORDER BY seq"
_NEIGHBOURS = 16  # acknowledged entries that tell where a hole after them begins
_QUARANTINE = "SELECT epoch, seq, strap, is_gap, body, digest, reason FROM quarantine"
_KEEP_QUARANTINE = "INSERT OR IGNORE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read. `meta` None: not even the counters."""

    meta: Meta | None
    entries: tuple[Entry, ...]  # intact ones, by number
    quarantine: tuple[tuple[Any, ...], ...]
    stamps: Streams = field(default_factory=dict)  # without a digest: entries know better


def read_readable(path: Path, *, only_owed: bool = False) -> Salvaged:
    """Every intact entry of a journal file, whatever else is wrong with it.

    `only_owed`: those not acknowledged, and a few before them. Raises JournalError.
    """
    with _readable_file(path) as (file, access):
        with closing(open_file(file, access)) as connection:
            meta = _read_meta(connection)
            above = max(0, meta.acknowledged - _NEIGHBOURS) if meta and only_owed else 0
            rows = _read_while_it_works(connection, _ABOVE, above)
            quarantine = _read_while_it_works(connection, _QUARANTINE)
            stamps = _read_stamps(connection)
        entries = _intact(map(read_row, rows))
        with _mapped(file) as content:
            for row in carve_rows(content, above):
                if row.seq not in entries and (meta is None or row.seq < meta.next_seq):
                    entries |= _intact([row])
    in_order = tuple(entry for _, entry in sorted(entries.items()))
    return Salvaged(meta, in_order, tuple(quarantine), stamps)


def write_salvaged(salvaged: Salvaged, path: Path) -> None:
    """A new journal file with what was read. Raises JournalError if there is such a file."""
    if path.exists():
        raise JournalError(f"{path} exists already; name another file with --out")
    if not path.parent.is_dir():
        raise JournalError(f"there is no folder {path.parent}; make it, or name another with --out")
    meta = salvaged.meta
    create_file(path, UNKNOWN_EPOCH if meta is None else Epoch(meta.epoch))
    with translated_errors(), closing(open_file(path, "rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        insert_entries(connection, salvaged.entries)
        connection.executemany(_KEEP_QUARANTINE, salvaged.quarantine)
        if meta is not None:
            meta.write(connection)
        connection.execute("COMMIT")


@contextmanager
def _readable_file(path: Path) -> Iterator[tuple[Path, str]]:
    """The file itself; a copy beside it where SQLite must undo half a commit of a crash first."""
    if not any(path.with_name(path.name + suffix).exists() for suffix in ("-journal", "-wal")):
        yield path, "ro"
        return
    try:
        with TemporaryDirectory(dir=path.parent, prefix="reading-") as aside:
            yield copy_file(path, Path(aside)), "rw"
    except OSError as error:
        sentence = f"{path} can't be copied in {path.parent} to be read: {error.strerror}"
        raise JournalError(f"{sentence}; make room there") from error


@contextmanager
def _mapped(file: Path) -> Iterator[bytes | mmap.mmap]:
    """The bytes of a file without holding them in memory."""
    with file.open("rb") as opened:
        if file.stat().st_size == 0:
            yield b""
            return
        with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
            yield content


def _intact(rows: Iterable[Row]) -> dict[int, Entry]:
    return {row.seq: entry for row in rows if (entry := decode_row(row)) is not None}


def _read_meta(connection: sqlite3.Connection) -> Meta | None:
    with suppress(JournalCorruptError, sqlite3.Error, TypeError, ValueError):
        return Meta.read(connection)
    return None


def _read_stamps(connection: sqlite3.Connection) -> Streams:
    with suppress(sqlite3.Error, TypeError, ValueError):
        return {
            (StrapId(strap), name): at
            for (strap, name), at in read_stamps(connection).items()
            if isinstance(at.monotonic_ns, int) and isinstance(at.wall_ns, int)
        }
    return {}


def _read_while_it_works(
    connection: sqlite3.Connection, query: str, *values: int
) -> list[tuple[Any, ...]]:
    """Rows up to the first that SQLite can't reach."""
    rows: list[tuple[Any, ...]] = []
    with suppress(sqlite3.Error, OverflowError, UnicodeDecodeError):
        rows.extend(connection.execute(query, values))
    return rows
