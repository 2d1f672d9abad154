"""One look for all open streams; what ended is known within half a second."""

import asyncio

from sqlalchemy.exc import OperationalError

from server.people.session_watch import LOOK_EVERY_S, SessionWatch


class Sessions:
    """A store and a clock by hand."""

    def __init__(self, *going_on: bytes) -> None:
        self.going_on = set(going_on)
        self.now_s = 100.0
        self.looks: list[frozenset[bytes]] = []
        self.is_away = False

    def read(self, asked: frozenset[bytes]) -> set[bytes]:
        self.looks.append(asked)
        if self.is_away:
            raise OperationalError("SELECT", None, Exception("away"))
        return self.going_on & asked

    def watch(self) -> SessionWatch:
        return SessionWatch(self.read, lambda: self.now_s)


async def test_f2_a_session_that_ended_is_seen_at_the_next_look() -> None:
    sessions = Sessions(b"a", b"b")
    watch = sessions.watch()
    assert await watch.is_going_on(b"a")
    sessions.going_on.remove(b"a")
    sessions.now_s += LOOK_EVERY_S
    assert not await watch.is_going_on(b"a")
    assert LOOK_EVERY_S <= 0.5


async def test_many_streams_share_a_look() -> None:
    sessions = Sessions(*(bytes([n]) for n in range(64)))
    watch = sessions.watch()
    for n in range(64):
        assert await watch.is_going_on(bytes([n]))
    first = len(sessions.looks)
    for _ in range(10):
        sessions.now_s += LOOK_EVERY_S
        await asyncio.gather(*(watch.is_going_on(bytes([n])) for n in range(64)))
    assert len(sessions.looks) - first == 10
    assert len(sessions.looks[-1]) == 64


async def test_a_stream_that_was_closed_is_not_asked_about_any_more() -> None:
    """Or its session would never be idle."""
    sessions = Sessions(b"a", b"b")
    watch = sessions.watch()
    await watch.is_going_on(b"a")
    for _ in range(10):
        sessions.now_s += 0.5
        await watch.is_going_on(b"b")
    assert sessions.looks[-1] == {b"b"}


async def test_a_database_that_is_away_throws_nobody_out() -> None:
    sessions = Sessions(b"a")
    watch = sessions.watch()
    sessions.is_away = True
    assert await watch.is_going_on(b"a")
    sessions.is_away = False
    sessions.going_on.clear()
    sessions.now_s += LOOK_EVERY_S
    assert not await watch.is_going_on(b"a")
    sessions.is_away = True
    sessions.now_s += LOOK_EVERY_S
    assert not await watch.is_going_on(b"a")
