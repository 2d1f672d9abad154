"""A careless wire between gateway and server: repeats requests and loses answers, on order.

It copies HTTP/1.1 with Content-Length, which is all that a gateway and its server speak.
"""

import asyncio
from contextlib import suppress

Message = tuple[bytes, bytes]  # head including its blank line, and body
_BROKEN = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


class CarelessRelay:
    """Listens on a port of its own and passes everything on to the server's."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener: asyncio.Server | None = None
        self.copies_due = 0  # of the next posts, in all
        self.answers_to_lose = 0  # of the next posts
        self.n_copied = 0
        self.n_answers_lost = 0

    async def open(self) -> int:
        """Begin to listen; the port."""
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port: int = self._listener.sockets[0].getsockname()[1]
        return port

    async def close(self) -> None:
        """Stop listening; connections end with their peers."""
        if self._listener:
            self._listener.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(*_BROKEN):
            while await self._pass_one(reader, writer):
                pass
        writer.close()

    async def _pass_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Pass one request and its answer; False when the connection should end."""
        request = await _read_message(reader)
        is_post = request[0].startswith(b"POST ")
        answer = await self._ask(request)
        while is_post and self.copies_due > 0:
            self.copies_due -= 1
            self.n_copied += 1
            await self._ask(request)
        if is_post and self.answers_to_lose > 0:
            self.answers_to_lose -= 1
            self.n_answers_lost += 1
            return False
        writer.write(answer[0] + answer[1])
        await writer.drain()
        return True

    async def _ask(self, request: Message) -> Message:
        """One request on a connection of its own."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        try:
            writer.write(request[0] + request[1])
            await writer.drain()
            return await _read_message(reader)
        finally:
            writer.close()


async def _read_message(reader: asyncio.StreamReader) -> Message:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    return head, await reader.readexactly(length)
