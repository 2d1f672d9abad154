"""Server-sent events over ASGI: one viewer, from the first byte to the last."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.live.viewers import Viewer, Viewers

RETRY_MS = 2000  # a page whose stream broke comes back after that
HEARTBEAT_AFTER_S = 5.0  # a comment when there is no frame, so that dead connections show
# A viewer whose connection takes nothing for so long has gone without a word.
SEND_WITHIN_S = 20.0

WaitForEnd = Callable[[], Awaitable[object]]

_HEADERS = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # a proxy in between must not hold frames back
}
_HELLO = f"retry: {RETRY_MS}\n\n".encode()
_HEARTBEAT = b": still here\n\n"


def encode_event(number: int, document: bytes) -> bytes:
    """One event whose data is a JSON document without line breaks."""
    return b"event: frame\nid: %d\ndata: %b\n\n" % (number, document)


class EventStream(Response):
    """A response until the viewer leaves, or her sign-in or the server ends.

    `wait_for_end` returns once her sign-in is over.
    """

    media_type = "text/event-stream"

    def __init__(
        self, viewers: Viewers, wait_for_end: WaitForEnd, session: str | None = None
    ) -> None:
        self.status_code = 200
        self.background = None
        self.init_headers(_HEADERS)
        self._viewers = viewers
        self._wait_for_end = wait_for_end
        self._session = session

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        with self._viewers.open(self._session) as viewer:
            ends = (_watch_for_leaving(receive, viewer), _watch_for_end(self._wait_for_end, viewer))
            waiting = [asyncio.create_task(end) for end in ends]
            try:
                await self._send_all(viewer, send)
            finally:
                for task in waiting:
                    task.cancel()
                for task in waiting:
                    with contextlib.suppress(asyncio.CancelledError):
                        await task

    async def _send_all(self, viewer: Viewer, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        event: bytes | None = _HELLO
        with contextlib.suppress(TimeoutError):
            while event is not None:
                async with asyncio.timeout(SEND_WITHIN_S):
                    await send({"type": "http.response.body", "body": event, "more_body": True})
                event = await _take_or_beat(viewer)
            await send({"type": "http.response.body", "body": b""})


async def _take_or_beat(viewer: Viewer) -> bytes | None:
    try:
        async with asyncio.timeout(HEARTBEAT_AFTER_S):
            return await viewer.take()
    except TimeoutError:
        return _HEARTBEAT


async def _watch_for_leaving(receive: Receive, viewer: Viewer) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    viewer.end()


async def _watch_for_end(wait_for_end: WaitForEnd, viewer: Viewer) -> None:
    try:
        await wait_for_end()
    finally:
        viewer.end()  # whatever the reason: who can't be asked about doesn't go on watching
