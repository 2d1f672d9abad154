"""The gateway put together: what runs beside what, and in which order it ends."""

import asyncio
import logging
import os
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from typing import NoReturn

from gateway.errors import JournalBusyError, JournalError
from gateway.journal.folder import DamagedFile, JournalFolder
from gateway.journal.store import Journal
from gateway.journal.store_mode import choose_store_mode
from gateway.parts import Gateway, new_epoch
from gateway.settings import Settings
from gateway.status import bind_status_port, serve_status
from gateway.straps.backend import load_backend

logger = logging.getLogger(__name__)

EXIT_JOURNAL_FAILED = 3  # whoever restarts us can tell this from a mistake in the settings (2)
RESTART_AFTER_S = 1.0


def run(settings: Settings) -> int:
    """Collect until SIGTERM or SIGINT; returns the exit code. Raises GatewayError at the start."""
    mode = choose_store_mode(settings.journal_wal, sqlite3.sqlite_version_info)
    with JournalFolder(settings.journal) as folder:
        journal, damaged = folder.open_journal(mode, new_epoch())
        for file in damaged:
            logger.error("damaged journal kept as it is: %s (%s)", file.path, file.finding)
        logger.info("journal %s, epoch %s, %s", folder.path, journal.epoch, mode.reason)
        asyncio.run(_collect(settings, folder, journal, damaged))
        journal.close()
    return 0


async def _collect(
    settings: Settings,
    folder: JournalFolder,
    journal: Journal,
    damaged: list[DamagedFile],
) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    bound = None if settings.status is None else bind_status_port(settings.status)
    async with load_backend(settings.ble_backend, settings.radio) as backend:
        gateway = Gateway(settings, folder, journal, backend, damaged)
        gateway.roster.load_cached()
        parts: dict[str, Callable[[], Awaitable[None]]] = {
            "journal": gateway.commits.run,
            "roster": gateway.roster.run,
            "straps": gateway.fleet.run,
            "first uses": gateway.first_uses.run,
            "most streaming": gateway.most_streaming.run,
            "uplink": lambda: gateway.uploader.run(gateway.roster.gateway),
        }
        if damaged:  # however large they are: the straps don't wait for it
            parts["handover"] = gateway.hand_over_damaged
            parts["first roster"] = gateway.note_first_roster
        if bound is not None:
            port = bound.getsockname()[1]
            logger.info("status page on http://127.0.0.1:%d/", port)
            parts["status page"] = lambda: serve_status(gateway.read_status, bound)
        tasks = {n: asyncio.create_task(supervise(n, part)) for n, part in parts.items()}
        await stop.wait()
        logger.info("stopping")
        try:
            await end(gateway, tasks)
        except JournalError as error:
            _die(error)


async def end(gateway: Gateway, tasks: dict[str, asyncio.Task[None]]) -> None:
    """Streams first, then the journal, then one last upload; only then the end is clean.

    Before all of it the search of a damaged journal: what it finds now no strap would end.
    """
    await _cancel([tasks.pop(name) for name in ("handover", "first roster") if name in tasks])
    straps_stopped = await gateway.stop_straps()
    await _cancel([tasks.pop(name) for name in ("uplink", "roster")])
    await gateway.commits.commit()
    await gateway.first_uses.save()
    await gateway.most_streaming.save()
    await gateway.upload_rest()
    if straps_stopped:
        await gateway.stop_cleanly()
    await _cancel(list(tasks.values()))
    await gateway.client.close()
    gateway.commits.rest()


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def supervise(
    name: str, part: Callable[[], Awaitable[None]], restart_after_s: float = RESTART_AFTER_S
) -> None:
    """Run one part for as long as the process lives; a journal that fails ends all at once."""
    while True:
        try:
            await part()
            return
        except JournalBusyError as error:
            logger.warning("%s: %s; trying again", name, error)
        except JournalError as error:
            _die(error)
        except Exception:
            logger.exception("%s failed; starting it again", name)
        await asyncio.sleep(restart_after_s)


def _die(error: JournalError) -> NoReturn:
    """At once and without tidying up: whatever wrote another byte now could only pretend."""
    logger.critical("stopped, nothing more is acknowledged: %s", error)
    logging.shutdown()
    os._exit(EXIT_JOURNAL_FAILED)
