"""A gateway that is killed again and again: lives one after the other over one journal.

Each life is a fleet on the fake air over the real journal file; what wasn't committed is lost.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import TypeVar

from gateway.journal.entries import Entry, Observation, Silence, Unnumbered
from gateway.journal.folder import JournalFolder, journal_files
from gateway.journal.inheritance import inherit_unclosed
from gateway.journal.store import Journal
from gateway.journal.store_mode import choose_store_mode
from gateway.journal.wreck_copy import opened_wreck
from gateway.late_inheritance import note_clean_stop, resume_late
from protocol.ble import uuids
from protocol.identifiers import Epoch, StrapId
from protocol.messages.roster import ConsentedStream, Roster
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.fleet_on_air import FleetOnAir, roster
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import HandClock, turn_loop

T = TypeVar("T")

A = "51ADA001"
HR, ACC = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA
MODE = choose_store_mode(False, (3, 40, 1))


class Journalled(Kept):
    """What is recorded waits in memory until a test commits it."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        self._waiting: list[Unnumbered] = []
        self.takes_turns = 0  # of the loop, for each writing

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        super().record(strap, characteristic, received, payload)
        self._waiting.append(Observation(strap, characteristic, received, payload))

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        super().declare_gap(strap, reason, since, until, characteristic)
        self._waiting.append(Silence(strap, reason, since, until, characteristic))

    async def sync(self) -> None:
        for _ in range(self.takes_turns):
            await asyncio.sleep(0)
        self.write()

    async def call(self, work: Callable[[Journal], T]) -> T:
        return work(self._journal)

    def on_disk(self) -> list[Entry]:
        return self._journal.read_after(0, 10_000, 1 << 30)

    def write(self) -> None:
        """Commit all of it."""
        if self._waiting:
            self._journal.append(self._waiting)
        self._waiting = []


class World:
    """A gym with one strap, where a gateway lives several times."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, HandClock()
        self.strap = FakeStrap(A, "AA:00")
        self.owes_search = False  # as the newest life began

    @asynccontextmanager
    async def life(
        self,
        *,
        in_reach: bool = True,
        streams: list[ConsentedStream] | None = None,
        first_roster: Roster | None = None,
    ) -> AsyncIterator[FleetOnAir]:
        """From a start to a kill -9, with a pause of five seconds after it."""
        with JournalFolder(self.folder) as folder:
            journal, damaged = folder.open_journal(MODE, Epoch("e"))
            told = inherit_unclosed(journal, [file.path for file in damaged])
            self.owes_search = told is None
            unclosed = journal.unclosed() if told is None else told
            kept = Journalled(journal)
            air = FakeAir(*[self.strap] if in_reach else [])
            gateway = FleetOnAir(air, kept, self.clock, unclosed=unclosed)
            gateway.fleet.apply_roster(first_roster or roster(A, streams=streams))
            await gateway.__aenter__()
            try:
                yield gateway
            finally:
                gateway.kill()
                await turn_loop()
                journal.close()
        await self.clock.advance(5)


async def live_without_strap(world: World, n_lives: int) -> None:
    """Lives of ten seconds that never find the strap, each written down before its end."""
    for _ in range(n_lives):
        async with world.life(in_reach=False) as gateway:
            await world.clock.advance(10)
            assert gateway.kept.phases() == ["waiting"]
            write(gateway)


async def live_and_die(
    world: World, seconds: int, streams: list[ConsentedStream] | None = None
) -> FleetOnAir:
    """A life with the strap that is killed when all is written."""
    async with world.life(streams=streams) as gateway:
        await gateway.live(world.strap, seconds=seconds)
        write(gateway)
    return gateway


def write(gateway: FleetOnAir) -> None:
    assert isinstance(gateway.kept, Journalled)
    gateway.kept.write()


async def stop_cleanly(world: World, gateway: FleetOnAir) -> None:
    """As a person does it; what goes on beside the straps goes on."""
    stopping = asyncio.create_task(gateway.fleet.stop())
    while not stopping.done():
        await world.clock.advance(1)
    write(gateway)
    assert isinstance(gateway.kept, Journalled)
    await note_clean_stop(gateway.kept, world.clock.now())
    await gateway.kept.call(lambda journal: journal.mark_clean_stop())


def spans(gateway: FleetOnAir) -> list[tuple[str, float, float]]:
    """Reason, beginning and end of each gap, in seconds of the clock."""
    return [
        (gap[1].value, gap[2].monotonic_ns / 1e9, gap[3].monotonic_ns / 1e9)
        for gap in gateway.kept.gaps
    ]


def down(since_s: list[float], until_s: list[float]) -> list[tuple[str, float, float]]:
    """As `spans` has them: the gateway was down from each to each."""
    return [("gateway_down", *ends) for ends in zip(since_s, until_s, strict=True)]


def newest(gateway: FleetOnAir) -> float:
    """When the newest value came, in seconds of the clock."""
    stamps = [row[2].monotonic_ns for row in gateway.kept.rows if row[1] in {HR, ACC}]
    return max(stamps) / 1e9


def stamps_s(gateway: FleetOnAir, characteristic: str) -> list[float]:
    """When values came, in seconds of the clock."""
    return [row[2].monotonic_ns / 1e9 for row in gateway.kept.rows if row[1] == characteristic]


def damage_journal(world: World, statement: str = "UPDATE meta SET digest = x'00'") -> Path:
    file = journal_files(world.folder)[-1]
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()
    return file


def damage_for_a_search(world: World) -> None:
    file = damage_journal(world)
    file.with_name(file.name + "-journal").write_bytes(bytes(512))  # half a commit, to be undone


async def leave_damage_that_takes_a_search(world: World) -> list[float]:
    """A life whose journal tells its end only later; when its newest values of each kind came."""
    first = await live_and_die(world, 3)
    damage_for_a_search(world)
    return [max(stamps_s(first, name)) for name in (HR, ACC)]


async def learn_late(world: World, gateway: FleetOnAir) -> None:
    """The search has come to its end."""
    assert isinstance(gateway.kept, Journalled)
    assert world.owes_search
    with opened_wreck(journal_files(world.folder)[-2]) as wreck:
        list(wreck.scan())
        await resume_late(wreck.read_unclosed() or {}, gateway.kept, gateway.fleet)


async def lose_first_value(world: World) -> float:
    """A life whose link was written down, and its first value was not."""
    async with world.life() as first:
        first.air.advertise(world.strap)
        await turn_loop(200)
        assert "subscribing" in first.kept.phases()
        write(first)
        await world.clock.advance(0.5)
        world.strap.beat()
        assert first.kept.payloads(HR)
        return world.clock.now_ns / 1e9
