"""Writing with whatever room there is: sheds by level, declares every drop, prunes what may go."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from gateway.errors import JournalBusyError, JournalFullError
from gateway.journal.disk_alarm import DiskAlarm, describe_disk, judge_disk
from gateway.journal.entries import Observation, Silence, Unnumbered
from gateway.journal.retention import (
    PRUNE_FRACTION,
    RETENTION_H,
    RETENTION_NS,
    choose_retention_ns,
)
from gateway.journal.room import (
    BALLAST_BYTES,
    MIB,
    SPARE_BYTES,
    Ballast,
    DiskRoom,
    choose_level,
)
from gateway.journal.shedding import DropLedger, Keep
from gateway.journal.store import Journal
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

logger = logging.getLogger(__name__)

PRUNE_AT_ONCE = 500  # entries a transaction: a commit stays far below the 250 ms of group commit
_REVIEW_EVERY_NS = 1_000_000_000
_JOURNAL_FILE_NEEDS_BYTES = MIB  # SQLite's rollback journal needs the disk, not the file's own room


@dataclass(frozen=True, slots=True)
class KeepingState:
    """For the status page."""

    level: Keep = Keep.EVERYTHING
    used_fraction: float = 0.0
    alarm: DiskAlarm = DiskAlarm.NONE
    has_ballast: bool = True
    is_shortened: bool = False  # what the server has went from here before its time
    n_kept: int = 0
    n_dropped: int = 0
    gaps: Mapping[GapReason, int] = field(default_factory=dict)  # written, by reason


class Keeping:
    """All writes of records go through here; used by one thread at a time."""

    def __init__(
        self, journal: Journal, ballast: Ballast, read_room: Callable[[], DiskRoom]
    ) -> None:
        self.journal = journal
        self._ballast = ballast
        self._read_room = read_room
        self._ledger = DropLedger()
        self._reviewed_ns: int | None = None
        self._told_level = Keep.EVERYTHING
        self.state = KeepingState()

    @property
    def holds_back(self) -> bool:
        """Whether gaps or rows about links wait in memory for a disk that takes anything at all."""
        return bool(self._ledger.held)

    def keep(self, entries: Sequence[Unnumbered], lost: Sequence[Observation] = ()) -> None:
        """Journal what there is room for; the rest becomes declared gaps.

        `lost`: values newer than the entries that had to be given up before they came here.
        Raises what Journal.append raises, except JournalFullError; after a JournalBusyError the
        same entries may be brought again.
        """
        level = self.state.level
        while True:
            ledger = self._ledger.copy()
            kept = ledger.sift(entries, level)
            try:
                if kept:
                    self.journal.append(kept)
                break
            except JournalFullError:
                level = self._give_way(level)
                self._write_some_held()
        for value in lost:
            ledger.drop(value)
        self._ledger = ledger
        self._set_level(level, proven=bool(kept) or level is Keep.NOTHING)
        self._count(kept)

    def look_around(self, now: ReceivedAt) -> None:
        """Once a second: how much room there is, gaps that last, entries that may go."""
        last_ns = self._reviewed_ns
        if last_ns is not None and now.monotonic_ns - last_ns < _REVIEW_EVERY_NS:
            return
        self._reviewed_ns = now.monotonic_ns
        room = self._read_room()
        self._watch_disk(room.used_fraction)
        try:
            self._prune(now, room)
            self._review_room()
            self._declare(self._ledger.copy(), now.monotonic_ns)
        except JournalBusyError as error:  # must not look as if what was kept before hadn't been
            logger.debug("%s; the next look tries again", error)

    def stop_cleanly(self) -> None:
        """Declare every gap that is still open, then mark the journal as ended on purpose.

        Raises JournalBusyError, JournalFullError.
        """
        self._declare(self._ledger.copy(), None)
        if not self._ledger.is_dropping():
            self.journal.mark_clean_stop()

    def _declare(self, ledger: DropLedger, now_ns: int | None) -> None:
        gaps = [*ledger.sift([], self.state.level), *ledger.due(now_ns)]
        try:
            if gaps:
                self.journal.append(gaps)
        except JournalFullError:
            self._write_some_held()
            return  # the ledger in force still has the rest
        self._ledger = ledger
        self._count(gaps)

    def _write_some_held(self) -> None:
        """Of what waits for a disk that takes anything, as much as fits, the oldest first.

        Ever smaller halves: some of it is safe, and the values' turn comes sooner.
        """
        n_at_once = len(self._ledger.held)
        while n_at_once and self._ledger.held:
            some, rest = self._ledger.held[:n_at_once], self._ledger.held[n_at_once:]
            with suppress(JournalFullError):
                self.journal.append(some)
                self._ledger.held = rest
                self._count(some)
            n_at_once //= 2

    def _count(self, written: Sequence[Unnumbered]) -> None:
        gaps = Counter(self.state.gaps)
        gaps.update(entry.reason for entry in written if isinstance(entry, Silence))
        n_kept, n_dropped = self.state.n_kept + len(written), self._ledger.n_dropped
        self.state = replace(self.state, n_kept=n_kept, n_dropped=n_dropped, gaps=gaps)

    def _give_way(self, level: Keep) -> Keep:
        """A write was refused: throw off the ballast, else keep less."""
        if self._ballast.throw_off():
            logger.warning("the journal's disk is full: ballast thrown off, movement is given up")
            return min(level, Keep.WITHOUT_MOVEMENT)
        return Keep(level - 1)

    def _watch_disk(self, used_fraction: float) -> None:
        """Tell each crossing of an alarm's limit, in either direction, once."""
        before = self.state.alarm
        alarm = judge_disk(used_fraction, before)
        if alarm is not before:
            level = logging.WARNING if alarm > before else logging.INFO
            logger.log(level, describe_disk(alarm, used_fraction))
        self.state = replace(self.state, used_fraction=used_fraction, alarm=alarm)

    def _review_room(self) -> None:
        if self._read_room().free_bytes >= BALLAST_BYTES + SPARE_BYTES:
            self._ballast.take_aboard()
        level = self._level_now()
        if level < Keep.EVERYTHING and self._ballast.throw_off():
            level = self._level_now()
        self._set_level(level, proven=False)
        self.state = replace(self.state, has_ballast=self._ballast.is_aboard())

    def _level_now(self) -> Keep:
        free_bytes = self._read_room().free_bytes
        if free_bytes >= _JOURNAL_FILE_NEEDS_BYTES:
            free_bytes += self.journal.reusable_bytes()
        return choose_level(free_bytes, self._ballast.is_aboard())

    def _set_level(self, level: Keep, *, proven: bool) -> None:
        """`proven`: a write at this level has just gone through, or none can."""
        self.state = replace(self.state, level=level)
        if not proven and level is Keep.HEART_RATE:
            return  # on a full disk this is only the next try, once a second
        if level < self._told_level:
            logger.warning("little room on the journal's disk: keeping %s", level.name.lower())
        elif level > self._told_level:
            logger.info("room on the journal's disk again: keeping %s", level.name.lower())
        self._told_level = level

    def _prune(self, now: ReceivedAt, room: DiskRoom) -> None:
        """What the server has goes after its time; the oldest earlier, if its room is needed."""
        reusable_bytes = self.journal.reusable_bytes()
        keep_ns = choose_retention_ns(room.used_fraction, reusable_bytes, self.state.level)
        try:
            n_gone = self.journal.prune(now.wall_ns - keep_ns if keep_ns else None, PRUNE_AT_ONCE)
        except JournalFullError:
            return  # deleting needs room as well; the next look tries again
        self._note_retention(room, is_early=n_gone > 0 and keep_ns < RETENTION_NS)

    def _note_retention(self, room: DiskRoom, *, is_early: bool) -> None:
        """Shortened from the first entry that goes early on, until the disk has room again."""
        was_shortened = self.state.is_shortened
        is_shortened = is_early or (was_shortened and room.used_fraction >= PRUNE_FRACTION)
        if is_shortened and not was_shortened:
            logger.warning(
                "the disk fills up: what the server has goes before its %d h", RETENTION_H
            )
        elif was_shortened and not is_shortened:
            logger.info("the disk has room again: what the server has stays %d h", RETENTION_H)
        self.state = replace(self.state, is_shortened=is_shortened)
