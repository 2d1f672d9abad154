"""The journal's twin in memory: the same promises without a disk, for tests and trials."""

from collections.abc import Sequence
from typing import Self

from gateway.errors import JournalError, JournalFullError
from gateway.journal.entries import Entry, Runs, Silence, Unnumbered, in_runs, number_entry
from gateway.journal.heard import Streams
from gateway.journal.late_ends import FirstRoster, follow_ends, follow_roster
from gateway.journal.pruned import Stretch, declare_lost, join_within_minutes, note_stretches
from gateway.journal.rows import (
    Row,
    damage_gap,
    decode_row,
    encode_row,
    is_quarantine_gap,
    oldest_wall_ns,
    quarantine_gap,
    renumber,
)
from gateway.journal.store import JournalState
from protocol.identifiers import Epoch
from protocol.messages.uplink import NotificationRecord


class MemoryJournal:
    """Journal over a dict of rows. `room` is how many more entries fit; None for any number."""

    def __init__(self, epoch: Epoch, room: int | None = None) -> None:
        self._epoch = epoch
        self._next_seq = 1
        self._acknowledged = 0
        self._acknowledgements: list[tuple[int, int]] = []  # (wall_ns, watermark)
        self._pruned: list[Stretch] = []
        self.rows: dict[int, Row] = {}
        self.quarantined: dict[tuple[Epoch, int], Row] = {}
        self.room = room
        self._n_damaged = 0
        self.owes_inheritance = True
        self._ends: Streams = {}

    @classmethod
    def of_entries(cls, epoch: Epoch, entries: Sequence[Entry], acknowledged: int) -> Self:
        """A journal with these numbered entries, up to the last of them."""
        journal = cls(epoch)
        for entry in entries:
            journal._keep(entry)
        journal._acknowledged = acknowledged
        journal._next_seq = max(journal.rows, default=acknowledged) + 1
        return journal

    @property
    def epoch(self) -> Epoch:
        """See Journal."""
        return self._epoch

    @property
    def next_seq(self) -> int:
        """See Journal."""
        return self._next_seq

    @property
    def acknowledged(self) -> int:
        """See Journal."""
        return self._acknowledged

    def append(self, entries: Sequence[Unnumbered]) -> int:
        """See Journal."""
        if self.room is not None:
            if self.room < len(entries):
                raise JournalFullError("no room in this journal")
            self.room -= len(entries)
        for entry in entries:
            self._keep(number_entry(entry, self._next_seq))
            self._next_seq += 1
        if self.owes_inheritance:
            self._ends = follow_ends(self._ends, entries)
        return self._next_seq - 1

    def read_after(self, seq: int, max_entries: int, max_bytes: int) -> list[Entry]:
        """See Journal."""
        found: list[Entry] = []
        n_bytes = 0
        for number in [n for n in sorted(self.rows) if n > seq][:max_entries]:
            n_bytes += len(self.rows[number].body)
            if found and n_bytes > max_bytes:
                break
            found.append(decode_row(self.rows[number]) or self._replace_damaged(number))
        return found

    def acknowledge(self, watermark: int, wall_ns: int) -> None:
        """See Journal."""
        if watermark >= self._next_seq:
            raise JournalError(f"number {watermark} was never given; the server can't have it")
        if watermark > self._acknowledged:
            self._acknowledged = watermark
            self._acknowledgements.append((wall_ns, watermark))

    def prune(self, acknowledged_before_ns: int | None, limit: int) -> int:
        """See Journal."""
        before_ns = acknowledged_before_ns
        marks = self._acknowledgements
        old = [mark for at_ns, mark in marks if before_ns is None or at_ns < before_ns]
        droppable = [seq for seq in sorted(self.rows) if seq <= max(old, default=0)][:limit]
        gone = [self.rows.pop(seq) for seq in droppable]
        noted = note_stretches([e for e in map(decode_row, gone) if e is not None])
        self._pruned = join_within_minutes([*self._pruned, *noted])
        return len(droppable)

    def pruned_after(self, seq: int) -> list[Silence]:
        """See Journal."""
        return declare_lost([found for found in self._pruned if found.last_seq > seq])

    def quarantine(self, seq: int) -> None:
        """See Journal."""
        row = self.rows.get(seq)
        entry = decode_row(row) if row is not None else None
        if row is not None and isinstance(entry, NotificationRecord):
            self._set_aside(row, quarantine_gap(row, entry))

    def put_back(self, seq: int) -> bool:
        """See Journal."""
        row = self.rows.get(seq)
        if row is None or not is_quarantine_gap(decode_row(row)):
            return False
        aside = self.quarantined.pop((self._epoch, seq), None)  # a gap may come from elsewhere
        self.rows[seq] = aside or row
        return aside is not None

    def open_epoch(self, after: int, known: Runs, epoch: Epoch, wall_ns: int) -> None:
        """See Journal."""
        del wall_ns  # nothing old is kept here
        moving = [r for n, r in sorted(self.rows.items()) if n > after and not in_runs(n, known)]
        entries = [decode_row(row) or damage_gap(row, None, None) for row in moving]
        self.rows = {}
        for seq, entry in enumerate(entries, start=1):
            self._keep(renumber(entry, seq))
        self._epoch, self._next_seq, self._acknowledged = epoch, len(entries) + 1, 0
        self._acknowledgements, self._pruned = [], []

    def unclosed(self) -> Streams:
        """See Journal. A twin never outlives a run, so there is nothing."""
        return {}

    def note_roster(self, roster: FirstRoster) -> None:
        """See Journal."""
        if self.owes_inheritance:
            self._ends = follow_roster(self._ends, roster)

    def late_ends(self) -> Streams:
        """See Journal."""
        return dict(self._ends)

    def inherit(self, left: Streams) -> None:
        """See Journal. Nor is there a later run that could ask."""
        self.owes_inheritance, self._ends = False, {}

    def mark_clean_stop(self) -> None:
        """See Journal."""

    def state(self) -> JournalState:
        """See Journal."""
        n_aside = len(self.quarantined)
        counters = (self._next_seq, self._acknowledged, len(self.rows), n_aside, self._n_damaged)
        oldest = [self.rows[seq] for seq in sorted(self.rows)[:1]]
        return JournalState(self._epoch, *counters, {"store": "memory"}, oldest_wall_ns(oldest))

    def reusable_bytes(self) -> int:
        """See Journal."""
        return 0

    def close(self) -> None:
        """See Journal."""

    def _keep(self, entry: Entry) -> None:
        row = encode_row(entry)
        self.rows[row.seq] = row

    def _replace_damaged(self, seq: int) -> Entry:
        before = [self.rows[n] for n in sorted(self.rows, reverse=True) if n < seq]
        after = [self.rows[n] for n in sorted(self.rows) if n > seq]
        gap = damage_gap(self.rows[seq], _first_readable(before), _first_readable(after))
        self._set_aside(self.rows[seq], gap)
        self._n_damaged += 1
        return gap

    def _set_aside(self, row: Row, gap: Entry) -> None:
        self.quarantined.setdefault((self._epoch, row.seq), row)
        self._keep(gap)


def _first_readable(rows: list[Row]) -> Entry | None:
    return next((entry for row in rows if (entry := decode_row(row)) is not None), None)
