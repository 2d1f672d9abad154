"""`serve`: gateways and pages, until stopped."""

import asyncio
import logging
import signal
import socket
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from server.app import create_app
from server.background import Work
from server.backup.periodic import back_up_regularly
from server.backup.taking import BackupSource
from server.commands.study_arguments import add_serving_arguments, read_serving_settings
from server.errors import SettingsError
from server.settings import Settings
from server.storage import Storage, end_process, open_storage

log = logging.getLogger(__name__)

KEEP_ALIVE_S: Final = 15  # gateways upload twice a second, pages hold one stream open
MAX_CONNECTIONS: Final = 256  # gateways, tablets and their streams of one site, with room
MAX_HEADER_BYTES: Final = 16 * 1024
READ_BYTES: Final = 64 * 1024
STOP_WITHIN_S: Final = 2  # open live streams are cut after this
END_WITHIN_S: Final = 8.0  # below the 10 s after which service managers kill
BACKLOG: Final = 128


def add_arguments(parser: ArgumentParser) -> None:
    add_serving_arguments(parser)


def run(arguments: Namespace) -> int:
    settings = read_serving_settings(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    with _listen(settings) as listener, open_storage(settings) as storage:
        app = create_app(storage, _plan_backups(settings, storage))
        config = uvicorn.Config(
            app,
            http=_SmallReads,
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=STOP_WITHIN_S,
            limit_concurrency=MAX_CONNECTIONS,
            h11_max_incomplete_event_size=MAX_HEADER_BYTES,
            lifespan="on",
        )
        asyncio.run(_serve(_Server(config, app.state.viewers.close), listener))
    return 0


def _plan_backups(settings: Settings, storage: Storage) -> Work | None:
    """What backs the study up as long as the server runs; None where nobody said where to."""
    place = settings.backup_to
    if place is None:
        log.warning("nothing is backed up: give --backup-to a folder on another disk")
        return None
    source = BackupSource(storage.directory, storage.database, settings.database_url)
    return partial(back_up_regularly, source, place)


class _SmallReads(H11Protocol):
    """HTTP/1.1 whose connections hold a quarter of what asyncio's would (promise C4).

    uvicorn stops reading a body after 64 KiB; asyncio hands it up to 256 KiB at a time.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        transport.max_size = READ_BYTES  # type: ignore[attr-defined]


class _Server(uvicorn.Server):
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


async def _serve(server: _Server, listener: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, server, number)
    serving = asyncio.create_task(server.serve([listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    if server.started:
        host, port = listener.getsockname()[:2]
        address = f"[{host}]" if ":" in host else host
        sys.stdout.write(f"doseline-server listening on http://{address}:{port}\n")
        sys.stdout.flush()
    await serving


def _stop(server: _Server, number: int) -> None:
    """Begin a clean stop; a database that hangs can't hold it up for ever."""
    server.handle_exit(number, None)
    leaving = threading.Timer(END_WITHIN_S, _leave)
    leaving.daemon = True  # a stop that succeeds doesn't wait for it
    leaving.start()


def _leave() -> None:
    """What hangs was never answered, so no gateway counts on it."""
    log.critical("the database gave no answer for %.0f s; ending without it", END_WITHIN_S)
    end_process()


@contextmanager
def _listen(settings: Settings) -> Iterator[socket.socket]:
    """The listening socket. Raises SettingsError when the port is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Named as TCP, because asyncio sends small answers at once only where it knows that it is.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"can't listen on {settings.host} port {settings.port} ({error.strerror});"
            " choose another --port, or 0 for a free one"
        ) from None
    with listener:
        yield listener
