"""Group commit: what comes in waits in memory for at most a quarter of a second, then is synced."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TypeVar

from gateway.clock import AlarmClock
from gateway.errors import JournalBusyError, JournalFullError
from gateway.journal.backlog import Backlog, Batch
from gateway.journal.entries import Observation, Silence, Unnumbered
from gateway.journal.keeping import Keeping
from gateway.journal.store import Journal
from gateway.waiting import wait_for
from protocol.identifiers import StrapId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

logger = logging.getLogger(__name__)

T = TypeVar("T")

MAX_IN_MEMORY_NS = 250_000_000  # promise A13: the most data a power cut may cost
COMMIT_AFTER_NS = 100_000_000  # leaves 150 ms for the commit itself on a slow card
MAX_PENDING = 20_000  # ~45 s of 64 straps, ~10 MB: a disk that stalls longer costs declared gaps
_LOOK_AROUND_EVERY_NS = 1_000_000_000
_TRY_AGAIN_AFTER_NS = 250_000_000  # after a busy journal; SQLite itself has waited 5 s by then


@dataclass(slots=True)
class CommitCounts:
    """For the metrics."""

    n_commits: int = 0
    n_busy: int = 0
    longest_wait_ms: float = 0.0  # from a value's stamp to its synced commit


class GroupCommit:
    """The Recorder over a journal. All work on the journal runs on one executor thread."""

    def __init__(
        self,
        keeping: Keeping,
        clock: AlarmClock,
        executor: Executor,
        max_pending: int = MAX_PENDING,
    ) -> None:
        self._keeping = keeping
        self._clock = clock
        self._executor = executor
        self._backlog = Backlog(max_pending)
        self._arrived = asyncio.Event()
        self._committing = asyncio.Lock()
        self._shared: asyncio.Task[bool] | None = None
        self.counts = CommitCounts()

    @property
    def n_uncommitted(self) -> int:
        """Entries that a power cut would cost now."""
        return self._backlog.n_entries

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        """See Recorder."""
        self._offer(Observation(strap, characteristic, received, payload))

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        """See Recorder."""
        self._offer(Silence(strap, reason, since, until, characteristic))

    async def call(self, work: Callable[[Journal], T]) -> T:
        """Do something with the journal, in turn with the commits; raises what it raises."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, work, self._keeping.journal)

    async def run(self) -> None:
        """Commit until cancelled. Raises JournalError when the journal can't be trusted."""
        while True:
            await self._wait_for_work()
            await asyncio.shield(self.commit())  # a cancelled commit would lose what it took

    async def commit(self) -> bool:
        """Write all that waits; False if a busy journal or a full disk leaves some waiting."""
        async with self._committing:
            return await self._commit()

    async def sync(self) -> None:
        """See Recorder; a cancelled caller leaves the commit to itself.

        One commit for all who wait: those who gave up leave no line before the stop.
        """
        up_to = self._backlog.n_offered
        while self._backlog.n_written < up_to or self._keeping.holds_back:
            if self._shared is None or self._shared.done():
                self._shared = asyncio.create_task(self.commit())
            await asyncio.shield(self._shared)

    async def stop_cleanly(self) -> None:
        """After the last value: write everything and mark the end as one that was meant."""
        await self.commit()
        if self._backlog:
            return
        try:
            await self.call(lambda _: self._keeping.stop_cleanly())
        except (JournalBusyError, JournalFullError) as error:
            logger.warning("%s; the next start declares the gap since now", error)

    def rest(self) -> None:
        """Wait for what a cancelled task left to the journal's thread: its file is closed next."""
        self._executor.shutdown(wait=True)

    async def _commit(self) -> bool:
        was_left_over = self._backlog.is_in_flight
        self._arrived.clear()
        is_safe = await self._write_batch()
        if is_safe and was_left_over:
            is_safe = await self._write_batch()
        if self._backlog:
            self._arrived.set()
        if is_safe and self._keeping.holds_back:
            await wait_for(self._clock, _TRY_AGAIN_AFTER_NS)
            return False
        return is_safe

    async def _write_batch(self) -> bool:
        """Whether the batch in turn is safe now."""
        batch = self._backlog.take()
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._executor, self._write, batch)
        except JournalBusyError as error:
            self._warn_once(error)
            await wait_for(self._clock, _TRY_AGAIN_AFTER_NS)
            return False
        self._backlog.written()
        self._count(batch.entries)
        return True

    def _offer(self, entry: Unnumbered) -> None:
        self._backlog.offer(entry)
        self._arrived.set()

    def _write(self, batch: Batch) -> None:
        if batch:
            self._keeping.keep(batch.entries, batch.lost)
        self._keeping.look_around(self._clock.now())

    async def _wait_for_work(self) -> None:
        """Until the oldest value has waited long enough, or it is time to look around."""
        await wait_for(self._clock, _LOOK_AROUND_EVERY_NS, sooner=self._arrived)
        if self._backlog:
            await wait_for(self._clock, COMMIT_AFTER_NS)

    def _count(self, entries: Sequence[Unnumbered]) -> None:
        self.counts.n_commits += bool(entries)
        oldest = next((e for e in entries if isinstance(e, Observation)), None)
        if oldest is not None:
            waited_ns = self._clock.now().monotonic_ns - oldest.received.monotonic_ns
            self.counts.longest_wait_ms = max(self.counts.longest_wait_ms, waited_ns / 1e6)
        self.counts.n_busy = 0

    def _warn_once(self, error: JournalBusyError) -> None:
        self.counts.n_busy += 1
        level = logging.WARNING if self.counts.n_busy == 1 else logging.DEBUG
        logger.log(level, "%s; trying again", error)
