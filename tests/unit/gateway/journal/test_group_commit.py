"""Group commit: how long a value may wait in memory, and that none is forgotten there."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from gateway.errors import JournalBusyError, JournalError, JournalFullError
from gateway.journal.entries import Unnumbered
from gateway.journal.group_commit import MAX_IN_MEMORY_NS, MAX_PENDING, GroupCommit
from gateway.journal.keeping import Keeping
from gateway.journal.memory_journal import MemoryJournal
from gateway.journal.room import Ballast, DiskRoom
from gateway.journal.store import Journal, JournalState
from protocol.identifiers import Epoch, StrapId
from protocol.messages.uplink import GapDeclaration, GapReason, NotificationRecord
from tests.unit.gateway.hand_clock import HandClock, InlineExecutor

STRAP = StrapId("51ADA001")
MS = 1_000_000
BIG = 1 << 30


class ScriptedJournal(MemoryJournal):
    """Raises what the test puts into `troubles`, one a write."""

    def __init__(self) -> None:
        super().__init__(Epoch("e"))
        self.troubles: list[JournalError] = []
        self.prune_troubles: list[JournalError] = []
        self.stop_troubles: list[JournalError] = []
        self.stopped_cleanly = False

    def append(self, entries: Sequence[Unnumbered]) -> int:
        if self.troubles:
            raise self.troubles.pop(0)
        return super().append(entries)

    def prune(self, acknowledged_before_ns: int | None, limit: int) -> int:
        if self.prune_troubles:
            raise self.prune_troubles.pop(0)
        return super().prune(acknowledged_before_ns, limit)

    def mark_clean_stop(self) -> None:
        if self.stop_troubles:
            raise self.stop_troubles.pop(0)
        self.stopped_cleanly = True


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def journal() -> ScriptedJournal:
    return ScriptedJournal()


@pytest.fixture
def keeping(journal: ScriptedJournal, tmp_path: Path) -> Keeping:
    return Keeping(
        journal, Ballast(tmp_path / "ballast", 4096), lambda: DiskRoom(1 << 40, used_fraction=0.1)
    )


@pytest.fixture
def commits(clock: HandClock, keeping: Keeping) -> GroupCommit:
    return GroupCommit(keeping, clock, InlineExecutor())


@asynccontextmanager
async def running(commits: GroupCommit) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(commits.run())
    yield task
    task.cancel()
    with suppress(asyncio.CancelledError, JournalError):
        await task


def record(commits: GroupCommit, clock: HandClock, payload: bytes = b"\x00\x48") -> None:
    commits.record(STRAP, "2a37", clock.now(), payload)


async def test_a13_memory_never_holds_more_than_250_ms_of_data(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    """One value every 5 ms for 5 s: at most 50 of them may wait at any time.

    Goes red if the commit comes after one second, or only when so many values are there.
    """
    most = 0
    every_ns = 5 * MS
    async with running(commits):
        for _ in range(1000):
            record(commits, clock)
            most = max(most, commits.n_uncommitted)
            await clock.crank(every_ns)
    assert 0 < most <= MAX_IN_MEMORY_NS // every_ns
    assert MAX_IN_MEMORY_NS == 250 * MS
    assert journal.next_seq - 1 + commits.n_uncommitted == 1000


async def test_a13_a_lone_value_is_committed_as_well(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    async with running(commits):
        record(commits, clock)
        await clock.crank(MAX_IN_MEMORY_NS)
        assert (journal.next_seq, commits.n_uncommitted) == (2, 0)


async def test_sync_ends_when_the_disk_has_it_and_not_before(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    journal.troubles = [JournalBusyError("held"), JournalBusyError("held")]
    record(commits, clock)
    syncing = asyncio.create_task(commits.sync())
    await clock.crank(300 * MS)
    assert (syncing.done(), journal.next_seq) == (False, 1)
    await clock.crank(300 * MS)
    assert (syncing.done(), journal.next_seq) == (True, 2)


async def test_sync_doesn_t_end_while_a_full_disk_holds_back_that_a_strap_may_send(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    """Goes red if a strap is asked to send although the row that says so is on no disk."""
    journal.troubles = [JournalFullError("full")] * 8
    commits.record(STRAP, "gateway/link", clock.now(), b"")
    async with running(commits):
        syncing = asyncio.create_task(commits.sync())
        await clock.crank(900 * MS)
        assert (syncing.done(), journal.next_seq) == (False, 1)
        journal.troubles = []
        await clock.crank(2000 * MS)
        assert (syncing.done(), journal.next_seq) == (True, 2)


async def test_at_rest_no_thread_is_in_the_journal_any_more(
    clock: HandClock, keeping: Keeping
) -> None:
    """Goes red if the file can be closed under a read whose asker was cancelled: SQLite crashes."""
    commits = GroupCommit(keeping, clock, ThreadPoolExecutor(1))
    began, go_on = threading.Event(), threading.Event()
    read: list[JournalState] = []

    def ask(asked: Journal) -> None:
        began.set()
        go_on.wait(10)
        read.append(asked.state())

    asking = asyncio.create_task(commits.call(ask))
    await asyncio.to_thread(began.wait, 10)
    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking
    threading.Timer(0.2, go_on.set).start()
    commits.rest()
    assert len(read) == 1


async def test_who_gave_up_waiting_for_a_busy_journal_holds_up_no_stop(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    """Goes red if fifteen straps that were given up leave a line of fifteen tries."""
    journal.troubles = [JournalBusyError("held")] * 100
    record(commits, clock)
    syncing = [asyncio.create_task(commits.sync()) for _ in range(15)]
    await clock.crank(100 * MS)
    for task in syncing:
        task.cancel()
    await clock.crank(0)
    stopping = asyncio.create_task(commits.stop_cleanly())
    await clock.crank(600 * MS)
    assert stopping.done()


async def test_sync_waits_for_what_came_after_a_commit_had_begun(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    """Goes red if one strap's row counts as safe with another's."""
    journal.troubles = [JournalBusyError("held")]
    record(commits, clock)
    first = asyncio.create_task(commits.sync())
    await clock.crank(100 * MS)
    record(commits, clock)
    second = asyncio.create_task(commits.sync())
    await clock.crank(600 * MS)
    assert second.done()
    assert (first.done(), journal.next_seq) == (True, 3)


async def test_a1_a_sync_that_is_given_up_costs_nothing_and_writes_nothing_twice(
    keeping: Keeping, clock: HandClock, journal: ScriptedJournal
) -> None:
    """Goes red if a strap that is disconnected meanwhile takes the commit with it."""
    waiting = asyncio.Event()

    class Slow(InlineExecutor):
        """Tells of a write only later, as a disk does that takes its time."""

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            done, told = super().submit(fn, *args, **kwargs), Future[Any]()
            clock.call_at(clock.now_ns + 50 * MS, lambda: told.set_result(done.result()))
            waiting.set()
            return told

    slow = GroupCommit(keeping, clock, Slow())
    record(slow, clock)
    syncing = asyncio.create_task(slow.sync())
    await waiting.wait()
    syncing.cancel()
    async with running(slow):
        await clock.crank(1000 * MS)
    assert journal.next_seq == 2


async def test_order_and_bytes_stay_as_they_came(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    payloads = [bytes([n]) for n in range(200)]
    async with running(commits):
        for payload in payloads:
            record(commits, clock, payload)
            await clock.crank(7 * MS)
        await clock.crank(MAX_IN_MEMORY_NS)
    found = journal.read_after(0, 1000, BIG)
    assert [e.payload for e in found if isinstance(e, NotificationRecord)] == payloads


async def test_a_busy_journal_is_tried_again_and_nothing_is_lost(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    journal.troubles = [JournalBusyError("held"), JournalBusyError("held")]
    async with running(commits):
        record(commits, clock, b"\x01")
        await clock.crank(150 * MS)
        record(commits, clock, b"\x02")
        await clock.crank(2000 * MS)
    found = journal.read_after(0, 10, BIG)
    assert [e.payload for e in found if isinstance(e, NotificationRecord)] == [b"\x01", b"\x02"]


async def test_a1_a_journal_busy_after_the_commit_gets_no_entry_twice(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    """Goes red if whatever is busy while looking around queues the committed entries again."""
    journal.prune_troubles = [JournalBusyError("held"), JournalBusyError("held")]
    async with running(commits):
        record(commits, clock, b"\x01")
        await clock.crank(3000 * MS)
    assert journal.prune_troubles == []
    found = journal.read_after(0, 10, BIG)
    assert [e.payload for e in found if isinstance(e, NotificationRecord)] == [b"\x01"]


async def test_a5_a_journal_that_fails_ends_the_task_and_nothing_is_written_after(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    journal.troubles = [JournalError("sync failed")]
    async with running(commits) as task:
        record(commits, clock)
        await clock.crank(MAX_IN_MEMORY_NS)
        assert task.done()
        assert isinstance(task.exception(), JournalError)
    assert journal.next_seq == 1


async def test_a_stalled_disk_costs_declared_gaps_and_bounded_memory(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    for n in range(MAX_PENDING + 500):
        commits.record(STRAP, "2a37", clock.now(), n.to_bytes(4))
        clock.now_ns += MS
    assert commits.n_uncommitted == MAX_PENDING
    await commits.commit()
    record(commits, clock)
    await commits.commit()
    assert journal.next_seq - 1 == MAX_PENDING + 2
    gap, after = journal.read_after(MAX_PENDING, 2, BIG)
    assert isinstance(gap, GapDeclaration)
    assert isinstance(after, NotificationRecord)
    assert (gap.reason, gap.to_monotonic_ns) == ("journal_full", after.monotonic_ns)
    last_kept = journal.read_after(MAX_PENDING - 1, 1, BIG)[0]
    assert isinstance(last_kept, NotificationRecord)
    assert gap.from_monotonic_ns == last_kept.monotonic_ns


async def test_a_commit_says_whether_all_that_waited_is_safe(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    """Whoever notes down that a gap was declared has to know."""
    record(commits, clock)
    journal.troubles = [JournalBusyError("held"), JournalBusyError("held")]
    safe = []
    for _ in range(3):
        committing = asyncio.create_task(commits.commit())
        await clock.crank(1000 * MS)
        record(commits, clock)
        safe.append(await committing)
    assert (safe, journal.next_seq) == ([False, False, True], 4)


async def test_a_clean_stop_writes_what_waits_then_says_so(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    record(commits, clock)
    commits.declare_gap(STRAP, GapReason.LINK_LOST, clock.now(), clock.now())
    await commits.stop_cleanly()
    assert journal.next_seq == 3
    assert journal.stopped_cleanly


async def test_an_end_with_values_that_could_not_be_written_isn_t_clean(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal
) -> None:
    record(commits, clock)
    journal.troubles = [JournalBusyError("held")]
    stopping = asyncio.create_task(commits.stop_cleanly())
    await clock.crank(1000 * MS)
    await stopping
    assert not journal.stopped_cleanly


@pytest.mark.parametrize("trouble", [JournalBusyError("held"), JournalFullError("no room")])
async def test_a6_a_journal_that_is_busy_or_full_at_the_very_end_is_no_clean_stop_and_no_failure(
    commits: GroupCommit, clock: HandClock, journal: ScriptedJournal, trouble: JournalError
) -> None:
    """Goes red if a gateway that is stopped on a full disk says that its journal failed."""
    record(commits, clock)
    journal.stop_troubles = [trouble]
    await commits.stop_cleanly()
    assert (journal.next_seq, journal.stopped_cleanly) == (2, False)


async def test_a6_a_disk_that_stalls_and_refuses_costs_only_what_the_gaps_say(
    clock: HandClock, journal: ScriptedJournal, tmp_path: Path
) -> None:
    """Goes red if memory grows during retries, or a gap is written after what followed it."""
    ballast = Ballast(tmp_path / "ballast", 4096)
    keeping = Keeping(journal, ballast, lambda: DiskRoom(1 << 40, used_fraction=0.1))
    commits = GroupCommit(keeping, clock, InlineExecutor(), max_pending=50)
    offered, most = [], 0
    async with running(commits):
        for n in range(600):
            if n in {100, 300}:
                journal.troubles = [JournalBusyError("held")] * 8
            offered.append(clock.now().monotonic_ns)
            record(commits, clock)
            most = max(most, commits.n_uncommitted)
            await clock.crank(5 * MS)
        await clock.crank(3000 * MS)
    record(commits, clock)
    await commits.commit()
    found = journal.read_after(0, 2000, BIG)
    kept = {e.monotonic_ns for e in found if isinstance(e, NotificationRecord)}
    gaps = [e for e in found if isinstance(e, GapDeclaration)]
    lost = [stamp for stamp in offered if stamp not in kept]
    assert most <= 50
    assert len(lost) > 100
    spans = [(g.from_monotonic_ns or 0, g.to_monotonic_ns or 0) for g in gaps]
    assert all(since < until for since, until in spans)
    assert all(any(since < at < until for since, until in spans) for at in lost)
    assert not any(since < at < until for since, until in spans for at in kept)
