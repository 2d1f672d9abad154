"""The gateway put together: what runs beside what, and in which order it ends."""

import asyncio
import logging
import os
import random
import signal
import sqlite3
import uuid
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NoReturn

from gateway.address_key import load_address_hash
from gateway.clock import SystemClock
from gateway.errors import JournalError
from gateway.health import HealthWatch
from gateway.journal.folder import DamagedFile, JournalFolder
from gateway.journal.group_commit import GroupCommit
from gateway.journal.keeping import Keeping
from gateway.journal.room import Ballast, read_room
from gateway.journal.store import Journal
from gateway.journal.store_mode import choose_store_mode
from gateway.settings import Settings
from gateway.status import bind_status_port, serve_status
from gateway.status_view import GatewayFacts, compose_status
from gateway.straps.backend import Backend, load_backend
from gateway.straps.fleet import StrapFleet
from gateway.uplink.http_client import ServerClient
from gateway.uplink.roster_feed import RosterFeed
from gateway.uplink.uploader import Uploader
from protocol.identifiers import Epoch

logger = logging.getLogger(__name__)

EXIT_JOURNAL_FAILED = 3  # whoever restarts us can tell this from a mistake in the settings (2)
RESTART_AFTER_S = 1.0
FLEET_STOP_LIMIT_S = 12.0  # the fleet promises 10 s
LAST_UPLOAD_LIMIT_S = 3.0  # what the server doesn't take by then goes up after the next start


def run(settings: Settings) -> int:
    """Collect until SIGTERM or SIGINT; returns the exit code. Raises GatewayError at the start."""
    mode = choose_store_mode(settings.journal_wal, sqlite3.sqlite_version_info)
    with JournalFolder(settings.journal) as folder:
        journal, damaged = folder.open_journal(mode, _new_epoch())
        for file in damaged:
            logger.error("damaged journal kept as it is: %s (%s)", file.path, file.finding)
        logger.info("journal %s, epoch %s, %s", folder.path, journal.epoch, mode.reason)
        asyncio.run(_collect(settings, folder, journal, damaged))
        journal.close()
    return 0


class Gateway:
    """All parts of one running gateway."""

    def __init__(
        self,
        settings: Settings,
        folder: JournalFolder,
        journal: Journal,
        backend: Backend,
        damaged: list[DamagedFile],
    ) -> None:
        self.clock = SystemClock()
        chance = random.Random()  # noqa: S311 - spreads retries, guards nothing
        executor = ThreadPoolExecutor(1, thread_name_prefix="journal")
        ballast = Ballast(folder.path / "ballast")
        self.keeping = Keeping(journal, ballast, lambda: read_room(folder.path))
        self.commits = GroupCommit(self.keeping, self.clock, executor)
        self.health = HealthWatch(self.commits)
        self.fleet = StrapFleet(
            backend,
            self.health,
            self.clock,
            chance,
            hash_address=load_address_hash(folder.path / "address.key"),
            acc_rate_hz=settings.acc_rate,
            unclosed=journal.unclosed(),
        )
        self.client = ServerClient(settings.server, settings.token_file)
        cache = folder.path / "roster.json"
        self.roster = RosterFeed(self.client, self.clock, cache, self.fleet.apply_roster)
        self.uploader = Uploader(self.commits, self.client, self.clock, chance, _new_epoch)
        self.damaged = damaged

    async def read_status(self) -> dict[str, Any]:
        """The status document of this moment."""
        journal = await self.commits.call(lambda journal: journal.state())
        facts = GatewayFacts(
            gateway=self.roster.gateway(),
            now_ns=self.clock.now().monotonic_ns,
            journal=journal,
            keeping=self.keeping.state,
            commits=self.commits.counts,
            n_uncommitted=self.commits.n_uncommitted,
            delivery=self.uploader.delivery,
            uplink=self.uploader.counts,
            straps=self.fleet.states(),
            vitals=self.health.vitals,
            damaged_files=[file.path.name for file in self.damaged],
            radio_trouble=self.fleet.radio_trouble,
            roster_trouble=self.roster.trouble,
        )
        return compose_status(facts)

    async def stop_straps(self) -> bool:
        """Stop the streams on the straps; False if that took too long."""
        try:
            async with asyncio.timeout(FLEET_STOP_LIMIT_S):
                await self.fleet.stop()
        except TimeoutError:
            logger.warning("the straps didn't stop in time; the next start declares the gap")
            return False
        return True

    async def upload_rest(self) -> None:
        """One last try; the server may be away."""
        name = self.roster.gateway()
        if name is None:
            return
        try:
            async with asyncio.timeout(LAST_UPLOAD_LIMIT_S):
                await self.uploader.drain(name)
        except TimeoutError:
            logger.warning("the server didn't take the rest; it goes up after the next start")


async def _collect(
    settings: Settings, folder: JournalFolder, journal: Journal, damaged: list[DamagedFile]
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
            "uplink": lambda: gateway.uploader.run(gateway.roster.gateway),
        }
        if bound is not None:
            port = bound.getsockname()[1]
            logger.info("status page on http://127.0.0.1:%d/", port)
            parts["status page"] = lambda: serve_status(gateway.read_status, bound)
        tasks = {n: asyncio.create_task(_supervise(n, part)) for n, part in parts.items()}
        await stop.wait()
        logger.info("stopping")
        try:
            await _end(gateway, tasks)
        except JournalError as error:
            _die(error)


async def _end(gateway: Gateway, tasks: dict[str, asyncio.Task[None]]) -> None:
    """Streams first, then the journal, then one last upload; only then the end is clean."""
    straps_stopped = await gateway.stop_straps()
    await _cancel([tasks.pop("uplink"), tasks.pop("roster")])
    await gateway.commits.commit()
    await gateway.upload_rest()
    if straps_stopped:
        await gateway.commits.stop_cleanly()
    await _cancel(list(tasks.values()))
    await gateway.client.close()


async def _cancel(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _supervise(name: str, part: Callable[[], Awaitable[None]]) -> None:
    """Run one part for as long as the process lives; a journal that fails ends all at once."""
    while True:
        try:
            await part()
            return
        except JournalError as error:
            _die(error)
        except Exception:
            logger.exception("%s failed; starting it again", name)
            await asyncio.sleep(RESTART_AFTER_S)


def _die(error: JournalError) -> NoReturn:
    """At once and without tidying up: whatever wrote another byte now could only pretend."""
    logger.critical("stopped, nothing more is acknowledged: %s", error)
    logging.shutdown()
    os._exit(EXIT_JOURNAL_FAILED)


def _new_epoch() -> Epoch:
    return Epoch(str(uuid.uuid4()))
