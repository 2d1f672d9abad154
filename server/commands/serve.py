"""`serve`: gateways and pages, until stopped."""

import asyncio
import logging
import signal
import socket
import sys
import threading
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from typing import Final

import uvicorn

from server.app import create_app
from server.background import Work, keep_running
from server.backup.periodic import back_up_regularly
from server.backup.taking import BackupSource
from server.certificates.place import find_folder
from server.certificates.served import SecureAddress
from server.commands.listening import Serving, SmallReads, listen, tell_host
from server.commands.serve_secure import Secure, open_secure
from server.commands.serve_trust import build_trust_server, tell_addresses
from server.commands.study_arguments import add_serving_arguments, read_serving_settings
from server.settings import Settings
from server.storage import Storage, end_process, open_storage

log = logging.getLogger(__name__)

_RENEWING: Final = "looking for a new certificate"
KEEP_ALIVE_S: Final = 15  # gateways upload twice a second, pages hold one stream open
MAX_CONNECTIONS: Final = 256  # gateways, tablets and their streams of one site, with room
MAX_HEADER_BYTES: Final = 16 * 1024
STOP_WITHIN_S: Final = 2  # open live streams are cut after this
END_WITHIN_S: Final = 8.0  # below the 10 s after which service managers kill


def add_arguments(parser: ArgumentParser) -> None:
    add_serving_arguments(parser)


def run(arguments: Namespace) -> int:
    settings = read_serving_settings(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    secure = open_secure(settings, datetime.now(UTC))
    with ExitStack() as opened:
        listener = opened.enter_context(listen(settings.host, settings.port, "--port"))
        plain = None
        if settings.trust_port is not None:
            plain = listen(settings.host, settings.trust_port, "--trust-port")
        trust_listener = None if plain is None else opened.enter_context(plain)
        storage = opened.enter_context(open_storage(settings))
        address = _describe(secure, listener, trust_listener)
        main = _build_server(settings, storage, secure, address)
        trust = None
        if address is not None and trust_listener is not None:
            trust = (build_trust_server(address), trust_listener)
        asyncio.run(_serve((main, listener), trust, address, _renew(settings, secure, address)))
    return 0


def _describe(
    secure: Secure | None, listener: socket.socket, trust_listener: socket.socket | None
) -> SecureAddress | None:
    if secure is None:
        return None
    trust_port = None if trust_listener is None else tell_host(trust_listener)[1]
    return SecureAddress(secure.certificate, tell_host(listener)[1], trust_port)


def _build_server(
    settings: Settings, storage: Storage, secure: Secure | None, address: SecureAddress | None
) -> Serving:
    app = create_app(storage, _plan_backups(settings, storage), address=address)
    config = uvicorn.Config(
        app,
        http=SmallReads,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=STOP_WITHIN_S,
        limit_concurrency=MAX_CONNECTIONS,
        h11_max_incomplete_event_size=MAX_HEADER_BYTES,
        lifespan="on",
    )
    config.load()
    config.ssl = None if secure is None else secure.context
    return Serving(config, app.state.viewers.close)


def _renew(settings: Settings, secure: Secure | None, address: SecureAddress | None) -> Work | None:
    """What takes a renewed certificate; None where there is none to renew."""
    if secure is None or address is None:
        return None
    from server.commands.serve_renewal import NewestCertificate  # a study without needs none

    return NewestCertificate(find_folder(settings.data), secure.context, address).keep_looking


def _plan_backups(settings: Settings, storage: Storage) -> Work | None:
    """What backs the study up as long as the server runs; None where nobody said where to."""
    place = settings.backup_to
    if place is None:
        log.warning("nothing is backed up: give --backup-to a folder on another disk")
        return None
    source = BackupSource(storage.directory, storage.database, settings.database_url)
    return partial(back_up_regularly, source, place)


async def _serve(
    main: tuple[Serving, socket.socket],
    trust: tuple[Serving, socket.socket] | None,
    address: SecureAddress | None,
    renewing: Work | None,
) -> None:
    loop = asyncio.get_running_loop()
    pairs = [main] if trust is None else [main, trust]
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, [server for server, _ in pairs], number)
    running = [asyncio.create_task(server.serve([listener])) for server, listener in pairs]
    while not all(s.started or r.done() for (s, _), r in zip(pairs, running, strict=True)):
        await asyncio.sleep(0.01)
    if main[0].started:
        host, port = tell_host(main[1])
        scheme = "http" if address is None else "https"
        sys.stdout.write(f"doseline-server listening on {scheme}://{host}:{port}\n")
        sys.stdout.writelines(tell_addresses(address, host))
        sys.stdout.flush()
    looking = None if renewing is None else asyncio.create_task(keep_running(_RENEWING, renewing))
    await asyncio.gather(*running)
    if looking is not None:
        looking.cancel()


def _stop(servers: list[Serving], number: int) -> None:
    """Begin a clean stop; a database that hangs can't hold it up for ever."""
    for server in servers:
        server.handle_exit(number, None)
    leaving = threading.Timer(END_WITHIN_S, _leave)
    leaving.daemon = True  # a stop that succeeds doesn't wait for it
    leaving.start()


def _leave() -> None:
    """What hangs was never answered, so no gateway counts on it."""
    log.critical("the database gave no answer for %.0f s; ending without it", END_WITHIN_S)
    end_process()
