"""A gateway that is killed again and again: what died with it is in a gap, whatever came between.

Each life is a fleet on the fake air over the real journal file; what wasn't committed is lost.
"""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import TypeVar

import pytest

from gateway.journal.entries import Entry, Observation, Silence, Unnumbered
from gateway.journal.folder import JournalFolder, journal_files
from gateway.journal.inheritance import inherit_unclosed
from gateway.journal.store import Journal
from gateway.journal.store_mode import choose_store_mode
from gateway.journal.wreck_copy import opened_wreck
from gateway.late_inheritance import resume_late
from gateway.straps.recorder import OFF_ROSTER
from protocol.ble import uuids
from protocol.identifiers import Epoch, StrapId
from protocol.messages.roster import ConsentedStream, Roster
from protocol.messages.uplink import GapDeclaration, GapReason
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


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def write(gateway: FleetOnAir) -> None:
    assert isinstance(gateway.kept, Journalled)
    gateway.kept.write()


def spans(gateway: FleetOnAir) -> list[tuple[str, float, float]]:
    """Reason, beginning and end of each gap, in seconds of the clock."""
    return [
        (gap[1].value, gap[2].monotonic_ns / 1e9, gap[3].monotonic_ns / 1e9)
        for gap in gateway.kept.gaps
    ]


def newest(gateway: FleetOnAir) -> float:
    """When the newest value came, in seconds of the clock."""
    stamps = [row[2].monotonic_ns for row in gateway.kept.rows if row[1] in {HR, ACC}]
    return max(stamps) / 1e9


def damage_journal(world: World) -> Path:
    (file,) = journal_files(world.folder)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE meta SET digest = x'00'")
        connection.commit()
    return file


async def leave_damage_that_takes_a_search(world: World) -> list[float]:
    """A life whose journal tells its end only later; when its newest values of each kind came."""
    async with world.life() as first:
        await first.live(world.strap, seconds=3)
        write(first)
    file = damage_journal(world)
    file.with_name(file.name + "-journal").write_bytes(bytes(512))  # half a commit, to be undone
    return [max(stamps_s(first, name)) for name in (HR, ACC)]


async def learn_late(world: World, gateway: FleetOnAir) -> None:
    """The search has come to its end."""
    assert isinstance(gateway.kept, Journalled)
    assert world.owes_search
    with opened_wreck(journal_files(world.folder)[0]) as wreck:
        await resume_late(wreck.read_unclosed() or {}, gateway.kept, gateway.fleet)


def stamps_s(gateway: FleetOnAir, characteristic: str) -> list[float]:
    """When values came, in seconds of the clock."""
    return [row[2].monotonic_ns / 1e9 for row in gateway.kept.rows if row[1] == characteristic]


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


@pytest.mark.parametrize("n_between", [0, 1, 2])
async def test_a12_a_first_value_that_died_is_in_a_gap_also_after_lives_without_the_strap(
    world: World, n_between: int
) -> None:
    """Goes red if a later life's `waiting` makes the journal forget that a link was open."""
    lost_s = await lose_first_value(world)
    for _ in range(n_between):
        async with world.life(in_reach=False) as between:
            await world.clock.advance(10)
            assert between.kept.phases() == ["waiting"]
            write(between)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        first_s = next(row[2] for row in last.kept.rows if row[1] == HR).monotonic_ns / 1e9
        ((reason, since_s, until_s),) = spans(last)
        assert (reason, until_s) == ("gateway_down", first_s)
        assert since_s <= lost_s


async def test_a12_a_life_s_gap_goes_on_where_the_slices_of_the_life_before_ended(
    world: World,
) -> None:
    await lose_first_value(world)
    async with world.life(in_reach=False) as between:
        await world.clock.advance(100)
        write(between)
        (sliced,) = spans(between)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        ((reason, since_s, _),) = spans(last)
        assert (reason, since_s) == ("gateway_down", sliced[2])


async def test_a_link_that_closed_before_the_gateway_died_leaves_no_gap(world: World) -> None:
    async with world.life() as first:
        first.air.advertise(world.strap)
        await turn_loop(200)
        write(first)
        world.strap.hangs = True  # the next link is never up
        world.strap.drop()
        await turn_loop(200)
        assert first.kept.phases()[-1] == "connecting"
        write(first)
    world.strap.hangs = False
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        assert spans(last) == []


async def test_who_withdrew_and_agrees_again_after_a_death_has_no_gap_in_between(
    world: World,
) -> None:
    """Goes red if the gateway is said to have been down while nothing was agreed to."""
    async with world.life() as first:
        await first.live(world.strap, seconds=3)
        write(first)
        first.fleet.apply_roster(roster())
        await first.live(world.strap, seconds=3)
        write(first)
    async with world.life(streams=[ConsentedStream.MOVEMENT]) as last:
        await last.live(world.strap, seconds=3)
        assert last.kept.payloads(ACC)
        assert spans(last) == []


async def test_a12_who_withdrew_while_the_gateway_was_dead_has_a_gap_up_to_the_first_roster(
    world: World,
) -> None:
    """Goes red if what died is told by nobody, or the gateway is down while nothing is agreed."""
    async with world.life() as first:
        await first.live(world.strap, seconds=3)
        write(first)
        newest_s = newest(first)
    started_s = world.clock.now_ns / 1e9
    async with world.life(first_roster=roster()) as second:
        assert spans(second) == [("gateway_down", newest_s, started_s)]
        assert second.kept.links()[-1].detail == OFF_ROSTER
        write(second)
        await world.clock.advance(100)
        second.fleet.apply_roster(roster(A))
        await second.live(world.strap, seconds=3)
        assert second.kept.payloads(HR)
        second.fleet.apply_roster(roster())
        write(second)
        assert len(spans(second)) == 1
    async with world.life() as last:
        await last.live(world.strap, seconds=3)
        assert spans(last) == []


async def test_a12_a_gap_that_is_open_as_she_withdraws_is_declared_up_to_then(
    world: World,
) -> None:
    async with world.life() as gateway:
        await gateway.live(world.strap, seconds=3)
        newest_s = (
            max(row[2].monotonic_ns for row in gateway.kept.rows if row[1] in {HR, ACC}) / 1e9
        )
        world.strap.hangs = True
        world.strap.drop()
        await gateway.clock.advance(10)
        withdrawn_s = gateway.clock.now_ns / 1e9
        gateway.fleet.apply_roster(roster())
        await gateway.clock.advance(100)
        assert spans(gateway) == [("link_lost", newest_s, withdrawn_s)]


async def test_a_stream_that_is_silent_as_she_withdraws_leaves_no_later_life_a_gap(
    world: World,
) -> None:
    """Goes red if its gap comes after the row that ends her account: it would be one again."""
    async with world.life() as first:
        await first.live(world.strap, seconds=3)
        newest_s = newest(first)
        for _ in range(5):
            world.strap.move()
            await world.clock.advance(1)
        withdrawn_s = world.clock.now_ns / 1e9
        first.fleet.apply_roster(roster())
        assert spans(first) == [("stream_stalled", newest_s, withdrawn_s)]
        write(first)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        assert spans(last) == []


@pytest.mark.parametrize("before", [[ConsentedStream.HEART_RATE], list(ConsentedStream)])
async def test_a12_where_heart_rate_was_withdrawn_while_dead_its_gap_ends_with_the_start(
    world: World, before: list[ConsentedStream]
) -> None:
    """Goes red if a later life says that heart rate stalled while nobody agreed to it."""
    async with world.life(streams=before) as first:
        await first.live(world.strap, seconds=5)
        write(first)
    started_s = world.clock.now_ns / 1e9
    async with world.life(streams=[ConsentedStream.MOVEMENT]) as second:
        await second.live(world.strap, seconds=3)
        write(second)
        ends_s = [started_s, min(stamps_s(second, ACC))][: len(before)]
        since_s = [newest(first), started_s][: len(before)]
        assert [gap[1:] for gap in spans(second)] == [*zip(since_s, ends_s, strict=True)]
        assert second.kept.gaps[0][1] is GapReason.GATEWAY_DOWN
    async with world.life() as last:
        await last.live(world.strap, seconds=3)
        assert spans(last) == [("gateway_down", newest(second), min(stamps_s(last, HR)))]


async def test_a12_of_one_stream_that_was_withdrawn_no_gap_is_left_to_any_later_life(
    world: World,
) -> None:
    """Goes red if its stamp stays: it would have stalled over the time without consent."""
    async with world.life() as first:
        await first.live(world.strap, seconds=3)
        first.fleet.apply_roster(roster(A, streams=[ConsentedStream.MOVEMENT]))
        await first.live(world.strap, seconds=20)
        write(first)
        assert stamps_s(first, ACC)[-1] > stamps_s(first, HR)[-1] + 10
        assert {gap[4] for gap in first.kept.gaps} <= {ACC}
    async with world.life() as last:
        await last.live(world.strap, seconds=3)
        assert spans(last) == [("gateway_down", newest(first), min(stamps_s(last, HR)))]


async def test_a12_a_gap_that_is_open_as_one_stream_gives_way_to_another_ends_then(
    world: World,
) -> None:
    async with world.life(streams=[ConsentedStream.HEART_RATE]) as gateway:
        await gateway.live(world.strap, seconds=3)
        newest_s = newest(gateway)
        world.strap.hangs = True
        world.strap.drop()
        await gateway.clock.advance(10)
        changed_s = gateway.clock.now_ns / 1e9
        gateway.fleet.apply_roster(roster(A, streams=[ConsentedStream.MOVEMENT]))
        await gateway.clock.advance(10)
        assert spans(gateway) == [("link_lost", newest_s, changed_s)]


async def test_a12_no_value_is_on_the_disk_before_the_gap_that_it_ends(world: World) -> None:
    """Goes red if a commit can fall between the two: killed then, nobody would know of the gap."""
    async with world.life() as first:
        await first.live(world.strap, seconds=3)
        newest_s = newest(first)
        world.strap.drop()
        await world.clock.advance(10)
        first.air.advertise(world.strap)
        await turn_loop(200)
        world.strap.beat()
        write(first)  # in the same turn of the loop
        assert spans(first) == [("link_lost", newest_s, world.clock.now_ns / 1e9)]
    async with world.life() as last:
        ended_s = newest(first)
        await last.live(world.strap, seconds=1)
        assert spans(last) == [("gateway_down", ended_s, newest(last))]


async def test_a12_a_first_value_is_in_a_gap_however_soon_the_gateway_died_after_it(
    world: World,
) -> None:
    """Goes red if a strap may send before it is on the disk that it may."""
    async with world.life() as first:
        first.air.advertise(world.strap)
        for _ in range(200):
            await turn_loop(1)
            if world.strap.beat():  # armed: no commit falls due before the kill
                break
        assert first.kept.payloads(HR)
        lost_s = newest(first)
    async with world.life() as last:
        await last.live(world.strap, seconds=1)
        ((reason, since_s, until_s),) = spans(last)
        assert (reason, until_s) == ("gateway_down", newest(last))
        assert since_s <= lost_s


@pytest.mark.parametrize("n_between", [0, 1, 2])
async def test_a12_what_a_damaged_journal_left_open_is_known_to_every_later_life(
    world: World, n_between: int
) -> None:
    """Goes red if only the first life after the damage knows where the gap begins."""
    async with world.life() as first:
        await first.live(world.strap, seconds=3)
        write(first)
    damage_journal(world)
    for _ in range(n_between):
        async with world.life(in_reach=False) as between:
            await world.clock.advance(10)
            write(between)
    assert len(journal_files(world.folder)) == 1 + bool(n_between)
    async with world.life() as last:
        await last.live(world.strap, seconds=1)
        assert spans(last) == [("gateway_down", newest(first), newest(last))]


@pytest.mark.parametrize("n_between", [0, 1, 2])
async def test_a12_what_a_search_finds_is_known_however_often_the_gateway_died_before_its_end(
    world: World, n_between: int
) -> None:
    """Goes red if a row about a link makes the journal forget that it owes the search."""
    ended_s = await leave_damage_that_takes_a_search(world)
    for _ in range(n_between):
        async with world.life(in_reach=False) as between:
            await world.clock.advance(10)
            assert between.kept.phases() == ["waiting"]
            write(between)
    async with world.life() as searching:
        await searching.live(world.strap, seconds=3)
        await learn_late(world, searching)
        first_s = [min(stamps_s(searching, name)) for name in (HR, ACC)]
        assert spans(searching) == [
            ("gateway_down", since_s, until_s)
            for since_s, until_s in zip(ended_s, first_s, strict=True)
        ]
    async with world.life() as last:
        await last.live(world.strap, seconds=1)
        assert [since_s for _, since_s, _ in spans(last)] == [newest(searching)]


@pytest.mark.parametrize("in_reach", [False, True])
async def test_a12_what_a_search_found_is_known_to_the_life_after_the_next_kill(
    world: World, *, in_reach: bool
) -> None:
    """Goes red if it is in memory alone, or the search counts as done before its gaps are kept."""
    ended_s = await leave_damage_that_takes_a_search(world)
    async with world.life(in_reach=in_reach) as searching:
        await searching.live(*[world.strap] * in_reach, seconds=3)
        write(searching)
        await learn_late(world, searching)
        assert isinstance(searching.kept, Journalled)
        kept = searching.kept.on_disk()
        declared = [gap.from_monotonic_ns for gap in kept if isinstance(gap, GapDeclaration)]
        assert declared == [round(at_s * 1e9) for at_s in ended_s] * in_reach
    async with world.life() as last:
        await last.live(world.strap, seconds=1)
        since_s = newest(searching) if in_reach else max(ended_s)
        assert spans(last)[-1] == ("gateway_down", since_s, newest(last))


async def test_a12_what_a_search_finds_ends_with_the_values_of_the_life_before_it(
    world: World,
) -> None:
    """Goes red if the gateway is said to have been down over values that are kept."""
    ended_s = await leave_damage_that_takes_a_search(world)
    async with world.life() as second:
        await second.live(world.strap, seconds=3)
        write(second)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        await learn_late(world, last)
        back_s = [min(stamps_s(second, name)) for name in (HR, ACC)]
        assert sorted(spans(last)) == [
            ("gateway_down", since_s, until_s)
            for since_s, until_s in sorted(
                [*zip(ended_s, back_s, strict=True), (newest(second), min(stamps_s(last, HR)))]
            )
        ]


async def test_a12_what_a_search_finds_of_who_withdrew_ends_with_the_row_that_says_so(
    world: World,
) -> None:
    ended_s = await leave_damage_that_takes_a_search(world)
    async with world.life(first_roster=roster()) as searching:
        rostered_s = world.clock.now_ns / 1e9
        await world.clock.advance(10)
        await learn_late(world, searching)
        assert spans(searching)[-1] == ("gateway_down", max(ended_s), rostered_s)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        assert spans(last) == []


async def test_a12_a_withdrawal_before_the_search_is_done_ends_what_it_finds(
    world: World,
) -> None:
    """Goes red if a life that met nobody says that the gateway was down after she withdrew."""
    ended_s = await leave_damage_that_takes_a_search(world)
    async with world.life(in_reach=False) as second:
        await world.clock.advance(10)
        withdrawn_s = world.clock.now_ns / 1e9
        second.fleet.apply_roster(roster())
        write(second)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        await learn_late(world, last)
        assert spans(last) == [("gateway_down", since_s, withdrawn_s) for since_s in ended_s]
