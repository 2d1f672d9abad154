"""Sockets that `serve` listens on, and uvicorn as it serves them."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from server.errors import SettingsError

READ_BYTES: Final = 64 * 1024
BACKLOG: Final = 128


class SmallReads(H11Protocol):
    """HTTP/1.1 whose connections hold a quarter of what asyncio's would (promise C4).

    uvicorn stops reading a body after 64 KiB; asyncio hands it up to 256 KiB at a time.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        transport.max_size = READ_BYTES  # type: ignore[attr-defined]


class Serving(uvicorn.Server):
    """uvicorn that leaves signals to us: it would end the process by the signal it was sent.

    Live streams end first: uvicorn waits for every open answer before it stops.
    """

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._end_streams()
        await super().shutdown(sockets)


@contextmanager
def listen(host: str, port: int, argument: str) -> Iterator[socket.socket]:
    """A listening socket. Raises SettingsError, naming the argument, when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, because asyncio sends small answers at once only where it knows that it is.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"can't listen on {host} port {port} ({error.strerror});"
            f" choose another {argument}, or 0 for a free one"
        ) from None
    with listener:
        yield listener


def tell_host(listener: socket.socket) -> tuple[str, int]:
    """Address as it stands in a URL, and port."""
    host, port = listener.getsockname()[:2]
    return (f"[{host}]" if ":" in host else host), port
