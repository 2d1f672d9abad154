import asyncio

import pytest
from starlette.types import Message

from server.live.stream import EventStream, encode_event
from server.live.viewers import Viewers


class Connection:
    """The server's side of one HTTP connection; `leave` is the viewer going away."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.came = asyncio.Event()
        self._left = asyncio.Event()

    async def send(self, message: Message) -> None:
        self.sent.append(message)
        self.came.set()

    async def receive(self) -> Message:
        await self._left.wait()
        return {"type": "http.disconnect"}

    def leave(self) -> None:
        self._left.set()

    def bodies(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)

    async def wait_for(self, text: bytes) -> None:
        while text not in self.bodies():
            self.came.clear()
            await self.came.wait()


def serve(
    viewers: Viewers, connection: Connection, sign_in_over: asyncio.Event | None = None
) -> asyncio.Task[None]:
    stream = EventStream(viewers, (sign_in_over or asyncio.Event()).wait)
    return asyncio.create_task(stream({}, connection.receive, connection.send))


def test_an_event_on_the_wire() -> None:
    assert encode_event(7, b'{"v":1}') == b'event: frame\nid: 7\ndata: {"v":1}\n\n'


async def test_head_retry_hint_and_events() -> None:
    viewers, connection = Viewers(), Connection()
    serving = serve(viewers, connection)
    await connection.wait_for(b"retry")
    viewers.publish(encode_event(1, b"{}"))
    await connection.wait_for(b"id: 1\n")
    start = connection.sent[0]
    assert start["status"] == 200
    assert dict(start["headers"])[b"content-type"].startswith(b"text/event-stream")
    assert dict(start["headers"])[b"cache-control"] == b"no-store"
    assert b"content-length" not in dict(start["headers"])
    assert connection.bodies().startswith(b"retry: 2000\n\n")
    connection.leave()
    await serving


async def test_a_viewer_that_leaves_frees_its_place() -> None:
    viewers, connection = Viewers(), Connection()
    serving = serve(viewers, connection)
    await connection.wait_for(b"retry")
    assert len(viewers) == 1
    connection.leave()
    await serving
    assert len(viewers) == 0


async def test_a_server_that_stops_ends_the_answer_properly() -> None:
    viewers, connection = Viewers(), Connection()
    serving = serve(viewers, connection)
    await connection.wait_for(b"retry")
    viewers.close()
    await serving
    assert connection.sent[-1] == {"type": "http.response.body", "body": b""}


async def test_f2_a_stream_ends_with_its_sign_in() -> None:
    viewers, connection, over = Viewers(), Connection(), asyncio.Event()
    serving = serve(viewers, connection, over)
    await connection.wait_for(b"retry")
    over.set()
    await serving
    assert len(viewers) == 0
    assert connection.sent[-1] == {"type": "http.response.body", "body": b""}


async def test_a_stream_ends_when_its_sign_in_can_not_be_asked_about() -> None:
    async def fail() -> None:
        raise LookupError

    viewers, connection = Viewers(), Connection()
    stream = EventStream(viewers, fail)
    with pytest.raises(LookupError):
        await stream({}, connection.receive, connection.send)
    assert len(viewers) == 0
