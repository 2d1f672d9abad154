"""A damaged journal's unacknowledged entries on their way up, beside the journal in force."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gateway.clock import AlarmClock
from gateway.errors import JournalError
from gateway.journal.heard import Streams
from gateway.journal.holes import Hole, HoleFinder
from gateway.journal.inheritance import (
    is_handed_over,
    mark_handed_over,
    note_progress,
    read_progress,
)
from gateway.journal.wreck_reader import WreckReader, open_reader
from gateway.straps.recorder import Recorder
from gateway.uplink.offering import Offering
from protocol.identifiers import StrapId
from protocol.messages.uplink import GapReason

logger = logging.getLogger(__name__)

Resume = Callable[[Streams], Awaitable[None]]

_NEIGHBOURS = 100  # acknowledged entries that tell where a hole after them begins


class CommittingRecorder(Recorder, Protocol):
    """A recorder that can be told to write now."""

    async def commit(self) -> bool:
        """Write all that waits; False if it has to wait longer."""


@dataclass(frozen=True, slots=True)
class Handover:
    """Bundle by bundle, so that memory stays small. May be cut off anywhere.

    The numbers are the old ones, so sending again changes nothing.
    """

    recorder: CommittingRecorder
    offering: Offering
    clock: AlarmClock
    executor: Executor  # never the journal's own thread

    async def run(self, path: Path, resume: Resume | None = None) -> None:
        """Send everything owed, declare what could not be read, then remember that it is done.

        `resume` is told where the gaps of the run that died begin. A file that can't be opened
        now is tried again at the next start.
        """
        if resume is None and is_handed_over(path):
            return
        async with AsyncExitStack() as opened:
            try:
                reader = await opened.enter_async_context(
                    open_reader(path, self.clock, self.executor)
                )
            except JournalError as error:
                logger.error("%s; the next start tries again", error)  # noqa: TRY400 - one sentence
                return
            if resume is not None:
                await resume(await reader.read_unclosed())
            if not is_handed_over(path):
                await self._deliver(reader)

    async def _deliver(self, reader: WreckReader) -> None:
        wreck = reader.wreck
        if wreck.epoch is None:
            logger.error("%s: not even its epoch is readable; see 'journal salvage'", wreck.path)
            return
        if wreck.meta is None:
            await reader.scan()
        n_entries = n_holes = 0
        known = max(wreck.meta.acknowledged if wreck.meta else 0, read_progress(wreck.path))
        finder = await self._begin(reader, known)
        last = known
        for first, last in wreck.ranges(known + 1):
            entries = await reader.read(first, last)
            if entries:
                await self.offering.offer(entries, wreck.epoch, first)
            holes = finder.follow(entries)
            await self._declare(holes, finder.straps | wreck.straps)
            if entries and finder.is_whole(last):
                note_progress(wreck.path, last)
            n_entries, n_holes = n_entries + len(entries), n_holes + len(holes)
        n_holes += await self._declare_end(reader, finder, last)
        _remember_done(wreck.path)
        name = wreck.path.name
        logger.info("%s: %d entries handed over, %d holes declared", name, n_entries, n_holes)

    async def _begin(self, reader: WreckReader, known: int) -> HoleFinder:
        """Where the counters are damaged, nobody knows what came before the first number left."""
        if reader.wreck.meta is None and not known:
            return HoleFinder(None, ())
        neighbours = await reader.peek(max(1, known - _NEIGHBOURS + 1), known)
        return HoleFinder(known, neighbours)

    async def _declare(self, holes: Sequence[Hole], straps: Iterable[StrapId]) -> None:
        """A gap a strap, on the disk before anything is noted as done."""
        if not holes:
            return
        for hole in holes:
            for strap in sorted(straps):
                self.recorder.declare_gap(strap, GapReason.JOURNAL_DAMAGED, hole.since, hole.until)
        while not await self.recorder.commit():
            logger.debug("a busy journal: the gaps of a damaged one are written later")

    async def _declare_end(self, reader: WreckReader, finder: HoleFinder, last: int) -> int:
        """The hole that the file ends in: up to the newest stamp that is known of each strap."""
        if finder.is_whole(last):
            return 0
        ends = await reader.read_stamps()
        known = [] if finder.newest is None else [finder.newest]
        for strap in finder.straps | reader.wreck.straps | {owner for owner, _ in ends}:
            stamps = known + [at for (owner, _), at in ends.items() if owner == strap]
            until = max(stamps, key=lambda at: at.wall_ns)
            await self._declare([Hole(finder.newest or until, until)], [strap])
        return 1


def _remember_done(path: Path) -> None:
    try:
        mark_handed_over(path)
    except OSError as error:
        logger.warning("%s: that it was handed over can't be noted: %s", path, error.strerror)
