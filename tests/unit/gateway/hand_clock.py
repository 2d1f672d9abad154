"""A clock to crank by hand and an executor without threads: the gateway's real seams."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt

WALL_AT_START_NS = 1_700_000_000 * 10**9


class HandClock:
    """Stands still until it is cranked; rings alarms on the way."""

    def __init__(self) -> None:
        self.now_ns = 1_000_000_000
        self._alarms: list[tuple[int, Callable[[], None]]] = []

    def now(self) -> ReceivedAt:
        return ReceivedAt(BootId("boot"), self.now_ns, WALL_AT_START_NS + self.now_ns)

    def call_at(self, monotonic_ns: int, callback: Callable[[], None]) -> Callable[[], None]:
        alarm = (monotonic_ns, callback)
        self._alarms.append(alarm)

        def cancel() -> None:
            if alarm in self._alarms:
                self._alarms.remove(alarm)

        return cancel

    async def crank(self, duration_ns: int) -> None:
        """Move on, alarm by alarm; after each, everybody who can run does."""
        until_ns = self.now_ns + duration_ns
        await settle()
        while due := [alarm for alarm in self._alarms if alarm[0] <= until_ns]:
            alarm = min(due, key=lambda found: found[0])
            self._alarms.remove(alarm)
            self.now_ns = max(self.now_ns, alarm[0])
            alarm[1]()
            await settle()
        self.now_ns = until_ns
        await settle()


async def settle() -> None:
    """Let every task that can go on do so."""
    for _ in range(12):
        ready = asyncio.Event()
        asyncio.get_running_loop().call_soon(ready.set)
        await ready.wait()


class InlineExecutor(Executor):
    """Does the work at once, in the caller's thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - an executor carries every error to its caller
            future.set_exception(error)
        return future
