"""Everything readable of a damaged journal into a new file; the damaged one is only read."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from gateway.errors import JournalError
from gateway.journal.connection import open_file
from gateway.journal.entry_table import insert_entries
from gateway.journal.folder import create_file
from gateway.journal.sqlite_errors import translated_errors
from gateway.journal.wreck import Wreck
from protocol.identifiers import Epoch

UNKNOWN_EPOCH = Epoch("unknown")  # where even the counters are unreadable

_KEEP_QUARANTINE = "INSERT OR IGNORE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was copied."""

    epoch: str | None
    n_entries: int
    n_quarantined: int


def salvage(wreck: Wreck, out: Path) -> Salvaged:
    """A new journal file with what can be read. Raises JournalError if there is such a file."""
    if out.exists():
        raise JournalError(f"{out} exists already; name another file with --out")
    if not out.parent.is_dir():
        raise JournalError(f"there is no folder {out.parent}; make it, or name another with --out")
    for _ in wreck.scan():
        pass
    meta = wreck.meta
    create_file(out, UNKNOWN_EPOCH if meta is None else Epoch(meta.epoch))
    n_entries = n_quarantined = 0
    with translated_errors(), closing(open_file(out, "rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for first, last in wreck.ranges():
            entries = wreck.read(first, last)
            insert_entries(connection, entries)
            n_entries += len(entries)
        for row in wreck.read_quarantine():
            n_quarantined += connection.execute(_KEEP_QUARANTINE, row).rowcount
        if meta is not None:
            meta.write(connection)
        connection.execute("COMMIT")
    return Salvaged(meta.epoch if meta else None, n_entries, n_quarantined)
