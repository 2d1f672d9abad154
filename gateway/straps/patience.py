"""Waiting with an end: nothing that a radio stack does is awaited without one (promise D2)."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

from gateway.clock import NS_PER_S, AlarmClock

Answer = TypeVar("Answer")
Expiry = asyncio.Future[None]

CANCEL_S = 0.5  # for a cancelled call to unwind; one that doesn't is left behind
SHARE_S = 5.0  # promise D4: one bad strap delays another by no more
CONNECT_S = 20.0  # promise D2, where nobody waits


async def within(clock: AlarmClock, limit_s: float, work: Coroutine[Any, Any, Answer]) -> Answer:
    """The result of `work`. Raises TimeoutError once the clock has moved on by `limit_s`."""
    with _alarm(clock, limit_s) as expiry:
        return await until(expiry, work)


async def until(expiry: Expiry, work: Coroutine[Any, Any, Answer]) -> Answer:
    """The result of `work`, or TimeoutError when `expiry` is done first.

    Unlike asyncio.timeout it also ends when the cancelled work doesn't.
    """
    task = asyncio.ensure_future(work)
    try:
        racers: set[asyncio.Future[Any]] = {task, expiry}
        await asyncio.wait(racers, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
    finally:
        if not task.done():
            task.add_done_callback(_forget)
            task.cancel()
            await asyncio.wait({task}, timeout=CANCEL_S)
    raise TimeoutError


def _forget(task: "asyncio.Task[Any]") -> None:
    """A result that came too late is nobody's any more; not even its exception."""
    if not task.cancelled():
        task.exception()


@contextmanager
def _alarm(clock: AlarmClock, limit_s: float) -> Iterator[Expiry]:
    expiry: Expiry = asyncio.get_running_loop().create_future()
    due_ns = clock.now().monotonic_ns + round(limit_s * NS_PER_S)
    cancel = clock.call_at(due_ns, lambda: _expire(expiry))
    try:
        yield expiry
    finally:
        cancel()


def _expire(expiry: Expiry) -> None:
    if not expiry.done():
        expiry.set_result(None)


class Adapter:
    """One radio: its connects take turns, first come first served.

    A turn lasts 20 s at most, and 5 s from its start as soon as somebody else waits.
    """

    def __init__(self, clock: AlarmClock) -> None:
        self._clock = clock
        self._free = asyncio.Lock()
        self._n_waiting = 0
        self._overtime: Expiry | None = None

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Expiry]:
        """Wait for the radio; what the block awaits has to end with the expiry it is given."""
        self._n_waiting += 1
        if self._overtime is not None:
            _expire(self._overtime)
        try:
            await self._free.acquire()
        finally:
            self._n_waiting -= 1
        try:
            with _alarm(self._clock, CONNECT_S) as expiry, _alarm(self._clock, SHARE_S) as share:
                share.add_done_callback(lambda _: self._share_used(expiry))
                yield expiry
        finally:
            self._overtime = None
            self._free.release()

    def _share_used(self, expiry: Expiry) -> None:
        if self._n_waiting:
            _expire(expiry)
        else:
            self._overtime = expiry
