"""One look for all open streams; what ended is known within half a second."""

import asyncio
from collections.abc import Iterable

import pytest
from sqlalchemy.exc import OperationalError

from server.people.session_watch import LOOK_EVERY_S, SessionWatch


class Sessions:
    """A store, and a timer by hand."""

    def __init__(self, *going_on: bytes) -> None:
        self.going_on = set(going_on)
        self.looks: list[frozenset[bytes]] = []
        self.slept_s: list[float] = []
        self.error: Exception | None = None
        self._asleep, self._due = asyncio.Event(), asyncio.Event()
        self.watch = SessionWatch(self._read, self._sleep)

    def _read(self, asked: frozenset[bytes]) -> set[bytes]:
        self.looks.append(asked)
        if self.error is not None:
            raise self.error
        return self.going_on & asked

    async def _sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self._asleep.set()
        self._due.clear()
        await self._due.wait()

    async def look_again(self) -> None:
        """The timer is due; returns after the look that follows."""
        await self._asleep.wait()
        self._asleep.clear()
        self._due.set()
        await self._asleep.wait()

    async def wait_for(self, sessions: Iterable[bytes]) -> list[asyncio.Task[None]]:
        tasks = [asyncio.create_task(self.watch.wait_for_end(one)) for one in sessions]
        await self._asleep.wait()
        return tasks


def which_are_over(tasks: list[asyncio.Task[None]]) -> list[bool]:
    return [task.done() for task in tasks]


async def leave(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_f2_a_session_that_ended_is_seen_at_the_next_look() -> None:
    sessions = Sessions(b"a", b"b")
    tasks = await sessions.wait_for([b"a", b"b"])
    await sessions.look_again()
    assert which_are_over(tasks) == [False, False]
    sessions.going_on.remove(b"a")
    await sessions.look_again()
    assert which_are_over(tasks) == [True, False]
    assert max(sessions.slept_s) <= LOOK_EVERY_S <= 0.5
    await leave(tasks)


async def test_many_streams_share_a_look() -> None:
    names = [bytes([n]) for n in range(64)]
    sessions = Sessions(*names)
    tasks = await sessions.wait_for(names)
    first = len(sessions.looks)
    for _ in range(10):
        await sessions.look_again()
    assert len(sessions.looks) - first == 10
    assert sessions.looks[-1] == set(names)
    await leave(tasks)


async def test_a_stream_that_was_closed_is_not_asked_about_any_more() -> None:
    """Or its session would never be idle."""
    sessions = Sessions(b"a", b"b")
    first, second = await sessions.wait_for([b"a", b"b"])
    await leave([first])
    await sessions.look_again()
    assert sessions.looks[-1] == {b"b"}
    await leave([second])


async def test_two_pages_of_one_session_both_end() -> None:
    sessions = Sessions(b"a")
    tasks = await sessions.wait_for([b"a", b"a", b"a"])
    await leave(tasks[:1])
    sessions.going_on.clear()
    await sessions.look_again()
    assert which_are_over(tasks) == [True, True, True]


async def test_nobody_is_asked_about_when_nobody_watches() -> None:
    sessions = Sessions(b"a")
    await leave(await sessions.wait_for([b"a"]))
    n_looks = len(sessions.looks)
    sessions._due.set()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.wait_for(asyncio.gather(*others, return_exceptions=True), timeout=5)
    assert len(sessions.looks) == n_looks


async def test_who_comes_as_the_last_one_leaves_watches_on() -> None:
    sessions = Sessions(b"a", b"b")
    (first,) = await sessions.wait_for([b"a"])
    first.cancel()
    sessions._asleep.clear()
    (second,) = await sessions.wait_for([b"b"])
    await sessions.look_again()
    assert not second.done()
    await leave([second])


async def test_a_database_that_is_away_throws_nobody_out() -> None:
    sessions = Sessions(b"a")
    tasks = await sessions.wait_for([b"a"])
    sessions.error = OperationalError("SELECT", None, Exception("away"))
    await sessions.look_again()
    assert which_are_over(tasks) == [False]
    sessions.error = None
    sessions.going_on.clear()
    await sessions.look_again()
    assert which_are_over(tasks) == [True]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_look_that_breaks_ends_all_streams() -> None:
    sessions = Sessions(b"a", b"b")
    tasks = await sessions.wait_for([b"a", b"b"])
    sessions.error = LookupError("a fault of ours")
    sessions._due.set()
    await asyncio.gather(*tasks)
