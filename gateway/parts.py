"""All parts of one running gateway, wired together; app.py says when each runs."""

import asyncio
import logging
import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from gateway.address_key import load_address_hash
from gateway.clock import SystemClock
from gateway.health import HealthWatch, count_sending
from gateway.journal.folder import DamagedFile, JournalFolder
from gateway.journal.group_commit import GroupCommit
from gateway.journal.heard import Streams
from gateway.journal.inheritance import inherit_unclosed
from gateway.journal.keeping import Keeping
from gateway.journal.room import read_room
from gateway.journal.store import Journal
from gateway.late_inheritance import note_clean_stop, note_first_roster, resume_late
from gateway.settings import Settings
from gateway.status_view import GatewayFacts, compose_status
from gateway.straps.adapters import count_adapters, read_adapters
from gateway.straps.backend import Backend
from gateway.straps.first_use_file import FILE_NAME, KEY_NAME, FirstUseKeeper, load_first_uses
from gateway.straps.first_uses import FirstUses
from gateway.straps.fleet import StrapFleet
from gateway.straps.most_streaming import FILE_NAME as MOST_NAME
from gateway.straps.most_streaming import MostStreaming, name_radio
from gateway.uplink.handover import Handover
from gateway.uplink.http_client import ServerClient
from gateway.uplink.offering import Offering
from gateway.uplink.roster_feed import RosterFeed
from gateway.uplink.uploader import Uploader
from protocol.identifiers import Epoch
from protocol.messages.uplink import RadioReport

logger = logging.getLogger(__name__)

FLEET_STOP_LIMIT_S = 12.0  # the fleet promises 10 s
LAST_UPLOAD_LIMIT_S = 3.0  # what the server doesn't take by then goes up after the next start


def new_epoch() -> Epoch:
    """A numbering that nobody ever used."""
    return Epoch(str(uuid.uuid4()))


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
        unclosed = inherit_unclosed(journal, [file.path for file in damaged])
        self.keeping = Keeping(journal, folder.ballast, lambda: read_room(folder.path))
        self.commits = GroupCommit(self.keeping, self.clock, executor)
        self.health = HealthWatch(self.commits)
        hash_address = load_address_hash(folder.path / KEY_NAME)
        file = folder.path / FILE_NAME
        first_uses = FirstUses(load_first_uses(file, hash_address))
        self.first_uses = FirstUseKeeper(file, hash_address, first_uses, self.clock)
        self.fleet = StrapFleet(
            backend,
            self.health,
            self.clock,
            chance,
            hash_address=hash_address,
            acc_rate_hz=settings.acc_rate,
            unclosed=journal.unclosed() if unclosed is None else unclosed,
            first_uses=first_uses,
        )
        self._backend = settings.ble_backend
        self._acc_rate_hz = settings.acc_rate
        radio = name_radio(self._backend, read_adapters())
        self.most_streaming = MostStreaming(folder.path / MOST_NAME, radio, self.clock)
        self.client = ServerClient(
            settings.server, settings.token_file, authority=settings.authority
        )
        cache = folder.path / "roster.json"
        self.uploader = Uploader(
            self.commits,
            self.client,
            self.clock,
            chance,
            new_epoch,
            read_radio=self.read_radio,
        )
        self.roster = RosterFeed(
            self.client, self.clock, cache, self.fleet.apply_roster, self.uploader.hear
        )
        self.damaged = damaged
        self._resume = self._resume_late if unclosed is None else None
        self._handover = Handover(
            self.commits,
            Offering(self.client, self.clock, chance, self.roster.gateway),
            self.clock,
            ThreadPoolExecutor(1, thread_name_prefix="handover"),
        )

    async def hand_over_damaged(self) -> None:
        """What damaged journals still owe goes up under the old numbers, the newest file first.

        That one alone is asked where its gaps begin; again if it's started again before it told.
        """
        newest, *older = reversed(self.damaged)
        await self._handover.run(newest.path, self._resume)
        for file in older:
            await self._handover.run(file.path)

    async def note_first_roster(self) -> None:
        """For a search of a damaged journal that ends only after the next start."""
        await note_first_roster(self.commits, self.fleet)

    async def _resume_late(self, left: Streams) -> None:
        await resume_late(left, self.commits, self.fleet)
        self._resume = None

    def read_radio(self) -> RadioReport:
        """What the radio does now; a program that stands in for one has no adapters."""
        now_ns = self.clock.now().monotonic_ns
        n_streaming = count_sending(self.fleet.phases, self.health.vitals, now_ns)
        self.most_streaming.note(n_streaming)
        return RadioReport(
            scans=self.fleet.scans,
            n_adapters=None if self._backend else count_adapters(),
            n_streaming=n_streaming,
            most_streaming=self.most_streaming.most,
            acc_rate_hz=self._acc_rate_hz,
        )

    async def read_status(self) -> dict[str, Any]:
        """The status document of this moment."""
        journal = await self.commits.call(lambda journal: journal.state())
        now = self.clock.now()
        facts = GatewayFacts(
            gateway=self.roster.gateway(),
            now_ns=now.monotonic_ns,
            wall_ns=now.wall_ns,
            journal=journal,
            keeping=self.keeping.state,
            commits=self.commits.counts,
            n_uncommitted=self.commits.n_uncommitted,
            delivery=self.uploader.delivery,
            uplink=self.uploader.counts,
            straps=self.fleet.states(),
            vitals=self.health.vitals,
            damaged_files=[file.path.name for file in self.damaged],
            radio=self.read_radio(),
            radio_trouble=self.fleet.radio_trouble,
            roster_trouble=self.roster.trouble,
        )
        return compose_status(facts)

    async def stop_straps(self) -> bool:
        """Stop the streams on the straps; False if the next start has gaps to declare."""
        try:
            async with asyncio.timeout(FLEET_STOP_LIMIT_S):
                await self.fleet.stop()
        except TimeoutError:
            logger.warning("the straps didn't stop in time; the next start declares the gap")
            return False
        if self.fleet.awaits_roster:
            logger.warning("no roster came; a later start declares what a killed gateway lost")
            return False
        return True

    async def stop_cleanly(self) -> None:
        """Everything is written and nothing on its way: what comes after is nobody's gap."""
        await note_clean_stop(self.commits, self.clock.now())
        await self.commits.stop_cleanly()

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
