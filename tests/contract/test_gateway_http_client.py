"""Every answer that a server can give over a real connection, and what the gateway makes of it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from gateway.errors import (
    ArchiveForkError,
    BatchRefusedError,
    BatchTooLargeError,
    CredentialRefusedError,
    ServerUnreachableError,
    UplinkError,
)
from gateway.uplink.http_client import INGEST_PATH, ROSTER_PATH, ServerClient
from protocol.messages.roster import ConsentedStream, Roster, RosterStrap

RECEIPT = {"watermark": 7, "server_utc": "2026-11-22T12:00:00.000Z"}
ROSTER = Roster("gym", "v1", [RosterStrap("51ADA001", "h10", "07", [ConsentedStream.HEART_RATE])])


def problem(status: int, **members: object) -> Response:
    document = {"title": "no", "detail": "told in words", **members}
    return JSONResponse(document, status, media_type="application/problem+json")


@dataclass
class Desk:
    """Answers whatever the test puts on it, and remembers what came."""

    answer: Response = field(default_factory=lambda: JSONResponse(RECEIPT))
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    async def serve(self, request: Request) -> Response:
        headers = dict(request.headers)
        self.requests.append((request.url.path, headers, await request.body()))
        return self.answer


class Server(uvicorn.Server):
    """Leaves signals alone: it runs inside the test."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        yield


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    routes = [
        Route(INGEST_PATH, made.serve, methods=["POST"]),
        Route(ROSTER_PATH, made.serve, methods=["GET"]),
    ]
    bound = socket.create_server(("127.0.0.1", 0))
    made.url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    app = Starlette(routes=routes)
    config = uvicorn.Config(app, log_config=None, lifespan="off", date_header=False)
    server = Server(config)
    task = asyncio.create_task(server.serve(sockets=[bound]))
    yield made
    server.should_exit = True
    await task
    bound.close()


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    path = tmp_path / "gym.token"
    path.write_text("first-token\n")
    return path


@pytest.fixture
async def client(desk: Desk, token_file: Path) -> AsyncIterator[ServerClient]:
    async with ServerClient(desk.url, token_file) as made:
        yield made


async def test_a_batch_goes_up_with_token_and_type_and_its_receipt_comes_back(
    client: ServerClient, desk: Desk
) -> None:
    receipt = await client.post_batch(b"\x80")
    assert receipt.watermark == 7
    [(path, headers, body)] = desk.requests
    assert (path, body) == ("/api/v1/ingest", b"\x80")
    assert headers["authorization"] == "Bearer first-token"
    assert headers["content-type"] == "application/msgpack"


async def test_the_roster_comes_as_the_contract_says(client: ServerClient, desk: Desk) -> None:
    desk.answer = Response(msgspec.json.encode(ROSTER), media_type="application/json")
    assert await client.fetch_roster() == ROSTER


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BatchRefusedError),
        (401, CredentialRefusedError),
        (403, CredentialRefusedError),
        (404, ServerUnreachableError),
        (408, ServerUnreachableError),
        (413, BatchTooLargeError),
        (415, ServerUnreachableError),
        (422, BatchRefusedError),
        (429, ServerUnreachableError),
        (500, ServerUnreachableError),
        (502, ServerUnreachableError),
        (503, ServerUnreachableError),
        (504, ServerUnreachableError),
        (204, ServerUnreachableError),
        (301, ServerUnreachableError),
    ],
)
async def test_each_status_says_what_to_do(
    client: ServerClient, desk: Desk, status: int, kind: type[UplinkError]
) -> None:
    desk.answer = Response(status_code=status) if status < 400 else problem(status)
    with pytest.raises(UplinkError) as caught:
        await client.post_batch(b"\x80")
    assert type(caught.value) is kind
    assert str(status) in str(caught.value)
    if status >= 400:
        assert "told in words" in str(caught.value)


async def test_a_fork_names_what_the_server_holds_unchanged(
    client: ServerClient, desk: Desk
) -> None:
    desk.answer = problem(409, code="archive_conflict", known=[[1, 3], [5, 5]], conflicting=[4])
    with pytest.raises(ArchiveForkError) as caught:
        await client.post_batch(b"\x80")
    assert caught.value.known == ((1, 3), (5, 5))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "17"}, 17.0),
        (
            {
                "Date": "Sun, 22 Nov 2026 12:00:00 GMT",
                "Retry-After": "Sun, 22 Nov 2026 12:01:30 GMT",
            },
            90.0,
        ),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
async def test_retry_after_is_read_as_seconds_or_as_a_date_on_the_server_s_clock(
    client: ServerClient, desk: Desk, headers: dict[str, str], seconds: float | None
) -> None:
    desk.answer = Response(status_code=503, headers=headers)
    with pytest.raises(ServerUnreachableError) as caught:
        await client.post_batch(b"\x80")
    assert caught.value.retry_after_s == seconds


@pytest.mark.parametrize("body", ["<html>Welcome to the hotel</html>", '{"watermark": "many"}', ""])
async def test_an_answer_that_isn_t_ours_acknowledges_nothing(
    client: ServerClient, desk: Desk, body: str
) -> None:
    desk.answer = PlainTextResponse(body)
    with pytest.raises(ServerUnreachableError, match="isn't ours"):
        await client.post_batch(b"\x80")


async def test_a_token_file_that_was_put_right_is_picked_up(
    client: ServerClient, desk: Desk, token_file: Path
) -> None:
    await client.post_batch(b"\x80")
    token_file.write_text("second-token\n")
    await client.post_batch(b"\x80")
    desk.answer = problem(401)
    with pytest.raises(CredentialRefusedError):
        await client.post_batch(b"\x80")
    desk.answer = JSONResponse(RECEIPT)
    await client.post_batch(b"\x80")
    tokens = [headers["authorization"].split()[1] for _, headers, _ in desk.requests]
    assert tokens == ["first-token", "first-token", "first-token", "second-token"]


@pytest.mark.parametrize("content", ["", "two words", "a\nb", "t\u00f6ken"])
async def test_a_token_file_with_something_else_is_told_before_anything_is_sent(
    client: ServerClient, desk: Desk, token_file: Path, content: str
) -> None:
    token_file.write_text(content, encoding="utf-8")
    with pytest.raises(CredentialRefusedError, match="token"):
        await client.post_batch(b"\x80")
    assert desk.requests == []


async def test_no_server_at_all_is_a_reason_to_wait(token_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    async with ServerClient(f"http://127.0.0.1:{port}", token_file) as client:
        with pytest.raises(ServerUnreachableError, match="no answer from"):
            await client.post_batch(b"\x80")


async def test_c1_a_server_that_answers_a_byte_at_a_time_is_given_up(
    desk: Desk, token_file: Path
) -> None:
    async def trickle() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.01)

    desk.answer = StreamingResponse(trickle())
    async with ServerClient(desk.url, token_file, limit_s=0.2) as client, asyncio.timeout(20):
        with pytest.raises(ServerUnreachableError, match="no whole answer"):
            await client.post_batch(b"\x80")


async def test_the_token_is_in_no_message(client: ServerClient, desk: Desk) -> None:
    desk.answer = problem(401)
    with pytest.raises(CredentialRefusedError) as caught:
        await client.post_batch(b"\x80")
    assert "first-token" not in str(caught.value)
