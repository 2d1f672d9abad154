"""The careless wire between gateway and server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from firmware_sim.rehearsal.relay import CarelessRelay


@asynccontextmanager
async def _server_and_relay() -> AsyncIterator[tuple[CarelessRelay, int, list[bytes]]]:
    """A server that answers each request with its number, and a relay before it."""
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        asked.append(head.split(b" ")[0] + b" " + await reader.readexactly(2))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n%d" % len(asked))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    relay = CarelessRelay(server.sockets[0].getsockname()[1])
    try:
        yield relay, await relay.open(), asked
    finally:
        await relay.close()
        server.close()


async def _ask(port: int, method: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(method + b" / HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi")
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    return answer[-1:]


async def test_the_relay_passes_on_what_it_gets() -> None:
    async with _server_and_relay() as (_, port, asked):
        assert await _ask(port, b"POST") == b"1"
        assert await _ask(port, b"GET") == b"2"
    assert asked == [b"POST hi", b"GET hi"]


async def test_a10_the_relay_repeats_posts_and_loses_answers_on_order() -> None:
    async with _server_and_relay() as (relay, port, asked):
        relay.copies_due, relay.answers_to_lose = 2, 1
        assert await _ask(port, b"GET") == b"1"  # only uploads are troubled
        assert await _ask(port, b"POST") == b""  # stored three times, and never told
        assert await _ask(port, b"POST") == b"5"
    assert asked == [b"GET hi", b"POST hi", b"POST hi", b"POST hi", b"POST hi"]
    assert (relay.n_copied, relay.n_answers_lost) == (2, 1)


async def test_a_server_that_is_away_breaks_the_connection() -> None:
    async with _server_and_relay() as (relay, port, _):
        relay._server_port = 1
        assert await _ask(port, b"POST") == b""
