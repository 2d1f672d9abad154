"""Until when sessions go on, for streams that stay open: one look, and one timer, for all."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.concurrency import run_in_threadpool

log = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 0.4  # promise F2: signed out or disabled, a stream ends within a second

ReadGoingOn = Callable[[frozenset[bytes]], set[bytes]]
Sleep = Callable[[float], Awaitable[None]]


class SessionWatch:
    """Belongs to one event loop. `read` asks the database which of some sessions go on."""

    def __init__(self, read: ReadGoingOn, sleep: Sleep = asyncio.sleep) -> None:
        self._read, self._sleep = read, sleep
        self._ends: list[tuple[bytes, asyncio.Event]] = []
        self._looking: asyncio.Task[None] | None = None

    async def wait_for_end(self, session: bytes) -> None:
        """Return once the session is over, or once it can't be asked about any more."""
        with self._waiting(session) as ended:
            await ended.wait()

    @contextmanager
    def _waiting(self, session: bytes) -> Iterator[asyncio.Event]:
        """Looks go on while anybody waits; what isn't waited for isn't in use."""
        entry = (session, asyncio.Event())
        self._ends.append(entry)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_on(), name="session watch")
        try:
            yield entry[1]
        finally:
            self._ends.remove(entry)
            if not self._ends:
                self._looking.cancel()
                self._looking = None

    async def _look_on(self) -> None:
        try:
            while True:
                await self._look()
                await self._sleep(LOOK_EVERY_S)
        finally:
            if self._looking is asyncio.current_task():  # not when the last one has left
                for _session, ended in self._ends:
                    ended.set()  # nobody watches on without being asked about

    async def _look(self) -> None:
        asked = frozenset(session for session, _ended in self._ends)
        try:
            going_on = await run_in_threadpool(self._read, asked)
        except (DBAPIError, PoolTimeoutError):
            # Who was let in stays while the database is away: no frames come then, either.
            log.debug("sessions can't be read now", exc_info=True)
            return
        for session, ended in self._ends:
            if session in asked - going_on:
                ended.set()
