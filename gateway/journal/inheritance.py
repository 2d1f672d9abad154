"""What a damaged journal still owes the server: read from it, never taken out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from gateway.durable import sync_folder
from gateway.journal.entries import Entry, Silence, first_number, is_notification
from gateway.journal.epoch_note import read_epoch
from gateway.journal.heard import Streams
from gateway.journal.memory_journal import MemoryJournal
from gateway.journal.rows import moment_of
from gateway.journal.salvage import read_readable
from gateway.journal.store import Journal
from protocol.identifiers import Epoch, StrapId
from protocol.messages.uplink import GapReason, NotificationRecord


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Intact entries that the server hasn't acknowledged, under their old numbers and epoch."""

    path: Path
    epoch: Epoch | None  # None: nothing says under which numbering; 'journal salvage' has the rows
    acknowledged: int
    owed: tuple[Entry, ...]
    holes: tuple[Silence, ...]  # what could not be read: between its neighbours, for every strap
    streams: Streams  # newest stamp of each stream that could be read


def read_inheritance(path: Path) -> Inheritance | None:
    """None if all was handed over before. Raises JournalError if there is no room to read it.

    Where the counters are damaged, everything is owed: the server knows the old numbers.
    """
    if _marker(path).exists():
        return None
    salvaged = read_readable(path, only_owed=True)
    meta = salvaged.meta
    acknowledged = 0 if meta is None else meta.acknowledged
    records = [entry for entry in salvaged.entries if isinstance(entry, NotificationRecord)]
    return Inheritance(
        path=path,
        epoch=read_epoch(path) if meta is None else Epoch(meta.epoch),
        acknowledged=acknowledged,
        owed=tuple(entry for entry in salvaged.entries if first_number(entry) > acknowledged),
        holes=tuple(_find_holes(salvaged.entries, records, acknowledged)),
        streams=salvaged.stamps
        | {
            (StrapId(record.strap), record.characteristic): moment_of(record)
            for record in records
            if is_notification(record.characteristic)
        },
    )


def find_unclosed(journal: Journal, inherited: Sequence[Inheritance]) -> Streams:
    """Where the gaps of a gateway that died begin, also if its journal died with it."""
    if journal.next_seq > 1 or not inherited:
        return journal.unclosed()
    return inherited[-1].streams


def owed_journal(inheritance: Inheritance, epoch: Epoch) -> MemoryJournal:
    """The owed entries as a journal that an uploader can work through."""
    return MemoryJournal.of_entries(epoch, inheritance.owed, acknowledged=inheritance.acknowledged)


def mark_handed_over(path: Path) -> None:
    """So that the next start doesn't offer it all again."""
    _marker(path).touch()
    sync_folder(path.parent)


def _marker(path: Path) -> Path:
    return path.with_suffix(".handed-over")


def _find_holes(
    entries: tuple[Entry, ...], records: list[NotificationRecord], acknowledged: int
) -> Iterator[Silence]:
    """A gap a strap for each run of unreadable numbers between two records."""
    numbers = {first_number(entry) for entry in entries}
    straps = sorted({record.strap for record in records})
    for before, after in pairwise(records):
        between = range(max(before.seq, acknowledged) + 1, after.seq)
        if all(number in numbers for number in between):
            continue
        since, until = moment_of(before), moment_of(after)
        for strap in straps:
            yield Silence(StrapId(strap), GapReason.JOURNAL_DAMAGED, since, until)
