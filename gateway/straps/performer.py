"""Does what the link machine asks for, one action after the other, and tells what came of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack

from gateway.errors import LinkLostError
from gateway.straps.connection import Connection, ValueCallback
from gateway.straps.faults import RADIO_ERRORS, classify, describe
from gateway.straps.inquiry import read_about, read_serial
from gateway.straps.signals import (
    Action,
    Command,
    Connect,
    Connected,
    Disconnect,
    Dropped,
    Event,
    Failed,
    Fault,
    FeaturesRead,
    Forget,
    Identified,
    Pair,
    ReadAbout,
    ReadFeatures,
    ReadSerial,
    Release,
    Released,
    Subscribe,
    Subscribed,
    Sync,
    Unsubscribe,
)
from protocol.ble import uuids
from protocol.ble.pmd import decode_features
from protocol.errors import MalformedPayloadError
from protocol.identifiers import StrapId

log = logging.getLogger(__name__)

MakeConnection = Callable[[Callable[[], None]], Connection | None]


class Performer:
    """Holds at most one connection; `run` works until it is cancelled.

    `make` gives an unopened connection whose end calls back, or None if the strap was never seen.
    `tell` gets events, `keep_read` the answers to reads; `sync` is the recorder's.
    """

    def __init__(
        self,
        strap: StrapId,
        make: MakeConnection,
        tell: Callable[[Event], None],
        keep_read: ValueCallback,
        sync: Callable[[], Awaitable[None]],
    ) -> None:
        self._strap = strap
        self._make = make
        self._tell = tell
        self._keep_read = keep_read
        self._sync = sync
        self._asked: asyncio.Queue[Action] = asyncio.Queue()
        self._doing: Action | None = None
        self._task: asyncio.Task[Event | None] | None = None
        self._open = AsyncExitStack()
        self._connection: Connection | None = None

    def ask(self, actions: Sequence[Action]) -> None:
        """Line up actions; Disconnect clears the line before it, and what is being done."""
        for action in actions:
            if isinstance(action, Disconnect):
                while not self._asked.empty():
                    self._asked.get_nowait()
                self._cancel()
            self._asked.put_nowait(action)

    async def run(self) -> None:
        """Perform until cancelled; leaves no connection behind. Bugs of ours pass through."""
        try:
            while True:
                self._doing = await self._asked.get()
                self._task = asyncio.create_task(self._perform(self._doing))
                await asyncio.wait({self._task})
                task, self._task = self._task, None
                event = None if task.cancelled() else task.result()
                if event is not None:
                    self._tell(event)
        finally:
            if self._task is not None:
                self._cancel()
                await asyncio.wait({self._task})
            await self._close()

    def _cancel(self) -> None:
        """Give up what is being done, unless that is closing already, which ends by itself."""
        if self._task and not isinstance(self._doing, Disconnect | Release):
            self._task.cancel()

    async def _perform(self, action: Action) -> Event | None:
        try:
            return await self._do(action)
        except RADIO_ERRORS as error:
            sentence = describe(error)
            log.debug("strap %s: %s: %s", self._strap, action, sentence)
            return _consequence(action, classify(error) or Fault.UNREACHABLE, sentence)
        except MalformedPayloadError as error:
            return Failed(Fault.UNREACHABLE, str(error))

    async def _do(self, action: Action) -> Event | None:
        match action:
            case Connect():
                return await self._connect()
            case Disconnect():
                await self._close()
                return None
            case Release():
                await self._close()
                return Released()
            case Forget():
                await self._forget()
                return None
            case Sync():
                await self._sync()
                return None
        if self._connection is None:
            raise LinkLostError(self._strap, "the link is down")
        return await self._request(self._connection, action)

    async def _request(self, link: Connection, action: Action) -> Event | None:
        """What needs an open link."""
        match action:
            case ReadSerial():
                return Identified(await read_serial(link))
            case ReadAbout():
                await read_about(link, self._strap, self._keep_read)
            case Subscribe():
                await link.subscribe(action.characteristic)
                return Subscribed(action.characteristic)
            case Unsubscribe():
                await link.unsubscribe(action.characteristic)
            case ReadFeatures():
                received, value = await link.read(uuids.PMD_CONTROL_POINT)
                self._keep_read(uuids.PMD_CONTROL_POINT, received, value)
                return FeaturesRead(frozenset(decode_features(value).measurements))
            case Command():
                await link.write(uuids.PMD_CONTROL_POINT, action.request)
            case Pair():
                await link.pair()
        return None

    async def _connect(self) -> Event:
        await self._close()
        connection = self._make(lambda: self._ended(connection))
        if connection is None:
            return Failed(Fault.UNREACHABLE, "not seen yet")
        await self._open.enter_async_context(connection)
        self._connection = connection
        return Connected(connection.characteristics, connection.services)

    def _ended(self, connection: Connection | None) -> None:
        """Called for our own disconnects too; `_close` has let go of those before."""
        if connection is not None and connection is self._connection:
            self._tell(Dropped())

    async def _close(self) -> None:
        self._connection = None
        await self._open.aclose()

    async def _forget(self) -> None:
        connection = self._make(lambda: None)
        if connection is not None:
            await connection.forget()


def _consequence(action: Action, fault: Fault, sentence: str) -> Event | None:
    """What it means that an action didn't work."""
    match action:
        case Subscribe(optional=True):
            return Subscribed(action.characteristic)
        case Command(optional=True) | Unsubscribe() | Pair() | Forget() | ReadAbout():
            return None
    return Failed(fault, sentence)
