"""Whether sessions go on, for streams that stay open: one look for all of them."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.concurrency import run_in_threadpool

log = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 0.4  # promise F2: signed out or disabled, a stream ends within a second
FORGET_AFTER_S: Final = 2.0  # an open stream asks twice a second; what isn't asked isn't in use

ReadGoingOn = Callable[[frozenset[bytes]], set[bytes]]


class SessionWatch:
    """Belongs to one event loop. `read` asks the database which of some sessions go on."""

    def __init__(
        self, read: ReadGoingOn, monotonic_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._monotonic_s = monotonic_s
        self._asked_s: dict[bytes, float] = {}
        self._going_on: dict[bytes, bool] = {}
        self._looked_s = 0.0
        self._looking = asyncio.Lock()

    async def is_going_on(self, session: bytes) -> bool:
        """What the last look said, which is less than `LOOK_EVERY_S` old."""
        self._asked_s[session] = self._monotonic_s()
        async with self._looking:
            is_old = self._monotonic_s() - self._looked_s >= LOOK_EVERY_S
            if is_old or session not in self._going_on:
                await self._look()
        return self._going_on[session]

    async def _look(self) -> None:
        now_s = self._monotonic_s()
        asked = {one: at for one, at in self._asked_s.items() if now_s - at < FORGET_AFTER_S}
        self._asked_s = asked
        try:
            found = await run_in_threadpool(self._read, frozenset(asked))
            self._going_on = {one: one in found for one in asked}
        except (DBAPIError, PoolTimeoutError):
            # Who was let in stays while the database is away: no frames come then, either.
            log.debug("sessions can't be read now", exc_info=True)
            self._going_on = {one: self._going_on.get(one, True) for one in asked}
        self._looked_s = now_s
