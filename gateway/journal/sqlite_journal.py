"""The journal in one SQLite file; see store.py for what each method promises."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from gateway.errors import JournalError
from gateway.journal import entry_table, pruned_table
from gateway.journal.connection import connect
from gateway.journal.entries import Entry, Runs, Silence, Unnumbered, number_entry
from gateway.journal.epoch_note import note_epoch
from gateway.journal.heard import Streams, follow, inherit
from gateway.journal.late_ends import FirstRoster, follow_ends, follow_roster
from gateway.journal.pruned import KEPT_MINUTES, declare_lost
from gateway.journal.rows import Row, decode_row, is_quarantine_gap, oldest_wall_ns, quarantine_gap
from gateway.journal.schema import Meta, read_debt, write_debt
from gateway.journal.sqlite_errors import classify_error, translated_errors
from gateway.journal.stamp_table import read_stamps, write_stamps
from gateway.journal.store import JournalState
from gateway.journal.store_mode import StoreMode
from protocol.identifiers import Epoch
from protocol.messages.uplink import GapReason, NotificationRecord

_NS_PER_MINUTE = 60_000_000_000


class SqliteJournal:
    """Journal over one connection, used by one thread at a time. folder.py opens it."""

    def __init__(self, path: Path, mode: StoreMode) -> None:
        """Open an existing journal file and mark it as in use.

        Raises JournalCorruptError if it is damaged, JournalError if it can't be set as needed.
        """
        self.path = path
        self._connection, self._settings = connect(path, mode)
        self._failure: JournalError | None = None
        self._n_damaged = 0
        with translated_errors():
            self._meta = Meta.read(self._connection)
            self._owes = read_debt(self._connection)
            was_clean = self._meta.clean_stop
            old = read_stamps(self._connection)
            self._ends = self._kept_ends = read_stamps(self._connection, owed=True)
        self._unclosed = self._stamps = {} if was_clean else old
        with self._transaction(replace(self._meta, clean_stop=False)) as connection:
            write_stamps(connection, old, self._stamps)
        note_epoch(path, self.epoch)

    @property
    def epoch(self) -> Epoch:
        """See Journal."""
        return Epoch(self._meta.epoch)

    @property
    def next_seq(self) -> int:
        """See Journal."""
        return self._meta.next_seq

    @property
    def acknowledged(self) -> int:
        """See Journal."""
        return self._meta.acknowledged

    @property
    def owes_inheritance(self) -> bool:
        """See Journal."""
        return self._owes

    def append(self, entries: Sequence[Unnumbered]) -> int:
        """See Journal."""
        first = self._meta.next_seq
        numbered = [number_entry(entry, first + n) for n, entry in enumerate(entries)]
        meta = replace(self._meta, next_seq=first + len(numbered))
        stamps = follow(self._stamps, entries, self._unclosed)
        ends = follow_ends(self._ends, entries) if self._owes else self._ends
        with self._transaction(meta) as connection:
            entry_table.insert_entries(connection, numbered)
            write_stamps(connection, self._stamps, stamps)
            write_stamps(connection, self._kept_ends, ends)
        self._stamps, self._ends, self._kept_ends = stamps, ends, ends
        return meta.next_seq - 1

    def read_after(self, seq: int, max_entries: int, max_bytes: int) -> list[Entry]:
        """See Journal."""
        with translated_errors():
            rows = entry_table.rows_after(self._connection, seq, max_entries)
        found: list[Entry] = []
        n_bytes = 0
        for row in rows:
            n_bytes += len(row.body)
            if found and n_bytes > max_bytes:
                break
            found.append(decode_row(row) or self._replace_damaged(row))
        return found

    def acknowledge(self, watermark: int, wall_ns: int) -> None:
        """See Journal."""
        if watermark >= self.next_seq:
            raise JournalError(f"number {watermark} was never given; the server can't have it")
        if watermark <= self.acknowledged:
            return
        with self._transaction(replace(self._meta, acknowledged=watermark)) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO acknowledgement (minute, watermark) VALUES (?, ?)",
                (wall_ns // _NS_PER_MINUTE, watermark),
            )

    def prune(self, acknowledged_before_ns: int | None, limit: int) -> int:
        """See Journal."""
        with self._transaction(self._meta) as connection:
            if acknowledged_before_ns is None:
                connection.execute("DELETE FROM past_entry")
                return entry_table.drop_oldest(connection, self.acknowledged, limit)
            minute = acknowledged_before_ns // _NS_PER_MINUTE
            old = "SELECT coalesce(max(watermark), 0) FROM acknowledgement WHERE minute < ?"
            (watermark,) = connection.execute(old, (minute,)).fetchone()
            connection.execute("DELETE FROM past_entry WHERE minute < ?", (minute,))
            pruned_table.forget_stretches(connection, minute - KEPT_MINUTES)
            up_to = min(watermark, self.acknowledged)
            return entry_table.drop_oldest(connection, up_to, limit)

    def pruned_after(self, seq: int) -> list[Silence]:
        """See Journal."""
        with translated_errors():
            return declare_lost(pruned_table.read_stretches(self._connection, seq))

    def quarantine(self, seq: int) -> None:
        """See Journal."""
        with translated_errors():
            rows = entry_table.rows_after(self._connection, seq - 1, 1)
        for row in rows:
            entry = decode_row(row)
            if row.seq == seq and isinstance(entry, NotificationRecord):
                self._set_aside(row, quarantine_gap(row, entry), GapReason.QUARANTINED)

    def put_back(self, seq: int) -> bool:
        """See Journal."""
        with translated_errors():
            rows = entry_table.rows_after(self._connection, seq - 1, 1)
        if not any(row.seq == seq and is_quarantine_gap(decode_row(row)) for row in rows):
            return False
        with self._transaction(self._meta) as connection:
            return entry_table.put_back(connection, self.epoch, seq)

    def open_epoch(self, after: int, known: Runs, epoch: Epoch, wall_ns: int) -> None:
        """See Journal."""
        minute = wall_ns // _NS_PER_MINUTE
        with self._transaction(self._meta) as connection:
            connection.execute("DELETE FROM acknowledgement")
            connection.execute("DELETE FROM pruned")  # old numbers that nobody asks for again
            n_moved = entry_table.move_to_new_epoch(connection, self.epoch, after, known, minute)
            meta = Meta(epoch, next_seq=n_moved + 1, acknowledged=0, clean_stop=False)
            meta.write(connection)
        self._meta = meta
        note_epoch(self.path, epoch)

    def unclosed(self) -> Streams:
        """See Journal."""
        return dict(self._unclosed)

    def note_roster(self, roster: FirstRoster) -> None:
        """See Journal."""
        if self._owes:
            self._ends = follow_roster(self._ends, roster)
            self._keep_ends(self._meta)

    def late_ends(self) -> Streams:
        """See Journal."""
        return dict(self._ends)

    def inherit(self, left: Streams) -> None:
        """See Journal."""
        stamps = inherit(self._stamps, left)
        with self._transaction(self._meta) as connection:
            write_stamps(connection, self._stamps, stamps)
            write_stamps(connection, self._kept_ends, {})
            write_debt(connection, owes=False)
        self._stamps, self._unclosed = stamps, inherit(self._unclosed, left)
        self._owes, self._ends, self._kept_ends = False, {}, {}

    def mark_clean_stop(self) -> None:
        """See Journal."""
        self._keep_ends(replace(self._meta, clean_stop=True))

    def state(self) -> JournalState:
        """See Journal."""
        oldest = "SELECT (SELECT min(seq) FROM entry), (SELECT count(*) FROM quarantine)"
        with translated_errors():
            first, n_aside = self._connection.execute(oldest).fetchone()
            rows = entry_table.rows_after(self._connection, 0, 1)
        n_entries = 0 if first is None else self.next_seq - first  # no holes within an epoch
        counters = (self.next_seq, self.acknowledged, n_entries, n_aside, self._n_damaged)
        return JournalState(self.epoch, *counters, self._settings, oldest_wall_ns(rows))

    def reusable_bytes(self) -> int:
        """See Journal."""
        with translated_errors():
            (n_pages,) = self._connection.execute("PRAGMA freelist_count").fetchone()
            (page_bytes,) = self._connection.execute("PRAGMA page_size").fetchone()
        return int(n_pages) * int(page_bytes)

    def close(self) -> None:
        """See Journal."""
        self._connection.close()

    def _keep_ends(self, meta: Meta) -> None:
        with self._transaction(meta) as connection:
            write_stamps(connection, self._kept_ends, self._ends)
        self._kept_ends = self._ends

    def _replace_damaged(self, row: Row) -> Entry:
        """Once and for all, so that every later sending of this number carries the same bytes."""
        with translated_errors():
            gap = entry_table.damage_gap_for(self._connection, row)
        self._set_aside(row, gap, GapReason.JOURNAL_DAMAGED)
        self._n_damaged += 1
        return gap

    def _set_aside(self, row: Row, gap: Entry, reason: GapReason) -> None:
        with self._transaction(self._meta) as connection:
            entry_table.set_aside(connection, self.epoch, row, gap, reason.value)

    @contextmanager
    def _transaction(self, meta: Meta) -> Iterator[sqlite3.Connection]:
        """All or nothing, together with the counters; only after the synced commit they count."""
        if self._failure is not None:
            raise self._failure
        with translated_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                if meta != self._meta:
                    meta.write(self._connection)
                self._connection.execute("COMMIT")
                self._meta = meta
            except sqlite3.Error as error:
                found = classify_error(error)
                self._failure = found if type(found) is JournalError else None
                raise
            finally:
                self._undo_unless_failed()

    def _undo_unless_failed(self) -> None:
        """Roll back what wasn't committed, but touch a disk that failed no more."""
        if self._connection.in_transaction and self._failure is None:
            self._connection.execute("ROLLBACK")
