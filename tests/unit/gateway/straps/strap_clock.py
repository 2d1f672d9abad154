"""A clock cranked by hand, and the loop turned without one: time passes when a test says so."""

import asyncio
import heapq
import itertools
from collections.abc import Callable

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt

NS_PER_S = 1_000_000_000
TURNS = 40  # of the event loop: enough for the longest chain of awaits without a clock in it


async def turn_loop(turns: int = TURNS) -> None:
    """Let everything run that doesn't wait for the clock."""
    loop = asyncio.get_running_loop()
    for _ in range(turns):
        turned = loop.create_future()
        loop.call_soon(turned.set_result, None)
        await turned


class HandClock:
    """Time passes when a test says so; the wall can be stepped apart from it."""

    def __init__(self) -> None:
        self.now_ns = 1_000 * NS_PER_S
        self.wall_step_ns = 0
        self._alarms: list[tuple[int, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._cancelled: set[int] = set()

    def now(self) -> ReceivedAt:
        wall_ns = 1_800_000_000 * NS_PER_S + self.now_ns + self.wall_step_ns
        return ReceivedAt(BootId("boot-a"), self.now_ns, wall_ns)

    def call_at(self, monotonic_ns: int, callback: Callable[[], None]) -> Callable[[], None]:
        number = next(self._numbers)
        heapq.heappush(self._alarms, (monotonic_ns, number, callback))
        return lambda: self._cancelled.add(number)

    async def advance(self, seconds: float) -> None:
        """Pass from alarm to alarm, letting the loop run after each."""
        end_ns = self.now_ns + round(seconds * NS_PER_S)
        await turn_loop()
        while self._alarms and self._alarms[0][0] <= end_ns:
            due_ns, number, callback = heapq.heappop(self._alarms)
            if number not in self._cancelled:
                self.now_ns = max(self.now_ns, due_ns)
                callback()
                await turn_loop()
        self.now_ns = end_ns
