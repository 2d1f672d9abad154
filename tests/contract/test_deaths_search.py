"""Killed gateways whose damaged journal must be searched: what is found then, whenever that is."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from gateway.errors import JournalFullError
from gateway.journal.folder import journal_files
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.late_inheritance import note_first_roster
from protocol.identifiers import Epoch
from protocol.messages.roster import ConsentedStream
from tests.contract.gateway_lives import (
    ACC,
    HR,
    MODE,
    A,
    Journalled,
    World,
    damage_for_a_search,
    down,
    learn_late,
    leave_damage_that_takes_a_search,
    live_and_die,
    newest,
    spans,
    stamps_s,
    stop_cleanly,
    write,
)
from tests.unit.gateway.straps.fleet_on_air import FleetOnAir, roster
from tests.unit.gateway.straps.strap_clock import TURNS, turn_loop

MOVEMENT_ONLY = [ConsentedStream.MOVEMENT]


class SearchedWorld(World):
    """Each life with a search before it has its first roster noted, as the program does."""

    @asynccontextmanager
    async def life(self, **how: Any) -> AsyncIterator[FleetOnAir]:
        async with super().life(**how) as gateway:
            if self.owes_search:
                assert isinstance(gateway.kept, Journalled)
                await note_first_roster(gateway.kept, gateway.fleet)
            yield gateway


@pytest.fixture
def world(tmp_path: Path) -> World:
    return SearchedWorld(tmp_path)


def journal_of(world: World) -> SqliteJournal:
    """The journal in force, between two lives."""
    return SqliteJournal(journal_files(world.folder)[-1], MODE)


@pytest.mark.parametrize("n_back_s", [3, 0])
async def test_a12_a_stream_s_first_values_that_died_are_in_the_gap_that_a_search_finds(
    world: World, n_back_s: int
) -> None:
    """Goes red if only those streams count of which the damaged journal has a value."""
    async with world.life() as first:
        first.air.advertise(world.strap)
        await turn_loop(4 * TURNS)
        world.strap.beat()
        await world.clock.advance(0.5)
        write(first)
        world.strap.move()
        died_s = newest(first)
    damage_for_a_search(world)
    async with world.life() as second:
        await second.live(world.strap, seconds=n_back_s)
        await learn_late(world, second)
        await second.live(world.strap, seconds=3 - n_back_s)
        back_s = min(stamps_s(second, ACC))
        (gap,) = second.kept.gaps
        assert gap[4] is None
        assert spans(second) == down([min(stamps_s(first, HR))], [back_s])
        assert stamps_s(first, HR)[-1] < died_s < back_s


async def test_a12_movement_withdrawn_before_the_search_ends_is_kept_up_to_its_last_value(
    world: World,
) -> None:
    """Goes red if the strap's gap begins with a heart rate before that."""
    async with world.life() as first:
        await first.live(world.strap, seconds=3)
        for _ in range(3):
            world.strap.move()
            await world.clock.advance(1)
        write(first)
    damage_for_a_search(world)
    async with world.life(streams=[ConsentedStream.HEART_RATE]) as second:
        await learn_late(world, second)
        await second.live(world.strap, seconds=3)
        gaps = {gap[4]: span[1:] for gap, span in zip(second.kept.gaps, spans(second), strict=True)}
        moved_s = max(stamps_s(first, ACC))
        assert gaps[None] == (moved_s, min(stamps_s(second, HR)))
        assert gaps[HR] == (max(stamps_s(first, HR)), moved_s)
        assert gaps[ACC][0] == moved_s


async def test_a12_a_search_that_is_cut_short_as_its_gaps_are_written_tells_them_once(
    world: World,
) -> None:
    """Goes red if a stop in between leaves them owed: the next life would tell them again."""
    ended_s = await leave_damage_that_takes_a_search(world)
    async with world.life() as second:
        await second.live(world.strap, seconds=2)
        assert isinstance(second.kept, Journalled)
        second.kept.takes_turns = 3
        learning = asyncio.create_task(learn_late(world, second))
        while not second.kept.gaps:
            await asyncio.sleep(0)
        learning.cancel()
        await asyncio.wait({learning})
        await stop_cleanly(world, second)
        assert [since_s for _, since_s, _ in spans(second)] == ended_s
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        assert (spans(last), world.owes_search) == ([], False)


@pytest.mark.parametrize("how", ["pruned", "numbered anew"])
async def test_a12_what_a_search_finds_ends_with_values_that_are_gone_from_the_journal_by_then(
    world: World, how: str
) -> None:
    """Goes red if the end of a gap is looked for among the entries that are left."""
    ended_s = await leave_damage_that_takes_a_search(world)
    second = await live_and_die(world, 30)
    back_s = [min(stamps_s(second, name)) for name in (HR, ACC)]
    with closing(journal_of(world)) as journal:
        if how == "pruned":
            journal.acknowledge(journal.next_seq - 1, 1)
            assert journal.prune(10**18, 10_000)
        else:
            journal.open_epoch(journal.next_seq - 1, (), Epoch("f"), 1)
            assert journal.next_seq == 1
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        await learn_late(world, last)
        found = [span for span in spans(last) if span[1] <= max(ended_s)]
        assert found == down(ended_s, back_s)


async def test_a12_what_can_be_read_at_once_only_now_ends_with_values_of_a_life_between(
    world: World,
) -> None:
    """Goes red if a numbering without any entry yet is taken for a journal that nothing is in."""
    ended_s = await leave_damage_that_takes_a_search(world)
    second = await live_and_die(world, 20)
    with closing(journal_of(world)) as journal:
        journal.open_epoch(journal.next_seq - 1, (), Epoch("f"), 1)
    damaged = journal_files(world.folder)[0]
    damaged.with_name(damaged.name + "-journal").unlink()  # somebody undid the half commit by hand
    async with world.life() as third:
        await third.live(world.strap, seconds=2)
        await learn_late(world, third)
        assert all(s[1] in ended_s or s[1] >= newest(second) for s in spans(third))
        assert {s[2] for s in spans(third) if s[1] in ended_s} == {min(stamps_s(second, HR))}


async def test_a12_a_search_that_ends_as_the_gateway_stops_is_owed_to_the_next_life(
    world: World,
) -> None:
    """Goes red if its gaps are given to straps that have stopped: a clean end would hide them.

    Or if the gateway is said to have been down after that end.
    """
    ended_s = await leave_damage_that_takes_a_search(world)
    async with world.life(in_reach=False) as second:
        await world.clock.advance(10)
        await stop_cleanly(world, second)
        stopped_s = world.clock.now_ns / 1e9
        await learn_late(world, second)
        assert spans(second) == []
    await world.clock.advance(3600)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        await learn_late(world, last)
        assert spans(last) == [("gateway_down", since_s, stopped_s) for since_s in ended_s]


async def test_a12_heart_rate_withdrawn_and_agreed_again_before_the_search_ends_is_over_once(
    world: World,
) -> None:
    """Goes red if the gateway is said to have been down while heart rate wasn't agreed to."""
    ended_s = await leave_damage_that_takes_a_search(world)
    async with world.life(in_reach=False) as second:
        await world.clock.advance(10)
        withdrawn_s = world.clock.now_ns / 1e9
        second.fleet.apply_roster(roster(A, streams=MOVEMENT_ONLY))
        await world.clock.advance(100)
        second.fleet.apply_roster(roster(A))
        second.air.straps[world.strap.address] = world.strap
        await second.live(world.strap, seconds=3)
        await learn_late(world, second)
        told = [gap[1:] for gap in spans(second)]
        assert told == [(ended_s[0], withdrawn_s), (ended_s[1], min(stamps_s(second, ACC)))]


async def test_a12_heart_rate_withdrawn_while_dead_is_in_a_gap_whatever_end_the_run_comes_to(
    world: World,
) -> None:
    """Goes red if a clean stop after the search leaves what died of it in no gap for ever."""
    ended_s = await leave_damage_that_takes_a_search(world)
    rostered_s = world.clock.now_ns / 1e9
    async with world.life(streams=MOVEMENT_ONLY) as second:
        await second.live(world.strap, seconds=3)
        await learn_late(world, second)
        told = [("gateway_down", ended_s[0], rostered_s)]
        assert spans(second) == [*told, ("gateway_down", ended_s[1], min(stamps_s(second, ACC)))]
        await stop_cleanly(world, second)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        assert (spans(last), world.owes_search) == ([], False)


@pytest.mark.parametrize("n_lives", [1, 2])
async def test_a12_who_is_on_no_first_roster_before_the_search_ends_is_over_with_it(
    world: World, n_lives: int
) -> None:
    """Goes red if the gateway is said to have been down while it ran and she hadn't agreed."""
    ended_s = await leave_damage_that_takes_a_search(world)
    async with world.life(first_roster=roster()) as second:
        rostered_s = world.clock.now_ns / 1e9
        await world.clock.advance(600)
        write(second)
        if n_lives == 1:
            second.fleet.apply_roster(roster(A))
            await second.live(world.strap, seconds=2)
            await learn_late(world, second)
            assert spans(second) == [("gateway_down", since_s, rostered_s) for since_s in ended_s]
    if n_lives == 2:
        async with world.life() as last:
            await last.live(world.strap, seconds=2)
            await learn_late(world, last)
            assert spans(last) == [("gateway_down", since_s, rostered_s) for since_s in ended_s]


async def test_a12_the_first_roster_counts_also_where_the_search_ends_a_moment_after_it(
    tmp_path: Path,
) -> None:
    """Goes red if it must be in the journal by then, or a later one counts in its place."""
    world = World(tmp_path)  # in which nobody has noted it yet
    ended_s = await leave_damage_that_takes_a_search(world)
    async with world.life(first_roster=roster()) as second:
        rostered_s = world.clock.now_ns / 1e9
        await world.clock.advance(10)
        second.fleet.apply_roster(roster(A))
        await second.live(world.strap, seconds=2)
        await learn_late(world, second)
        assert spans(second) == [("gateway_down", since_s, rostered_s) for since_s in ended_s]


async def test_a12_who_was_on_the_first_roster_and_on_none_of_the_next_life_is_over_with_that(
    world: World,
) -> None:
    ended_s = await leave_damage_that_takes_a_search(world)
    async with world.life(in_reach=False) as second:
        await world.clock.advance(30)
        write(second)
    async with world.life(first_roster=roster()) as third:
        rostered_s = world.clock.now_ns / 1e9
        await world.clock.advance(600)
        write(third)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        await learn_late(world, last)
        assert spans(last) == [("gateway_down", since_s, rostered_s) for since_s in ended_s]


async def test_a12_a_search_that_ends_beside_a_damaged_entry_and_a_full_disk_goes_through(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Goes red if the answer takes reading entries back: a damaged one is replaced as it is read.

    On a disk without room for that the gateway ended, at each start.
    """
    ended_s = await leave_damage_that_takes_a_search(world)
    await live_and_die(world, 3)
    with closing(sqlite3.connect(journal_files(world.folder)[-1])) as connection:
        connection.execute("UPDATE entry SET body = x'00' WHERE seq = 2")
        connection.commit()

    def refuse(*_: object) -> None:
        raise JournalFullError("no room")

    monkeypatch.setattr(SqliteJournal, "_set_aside", refuse)
    async with world.life() as third:
        await learn_late(world, third)
        assert [since_s for _, since_s, _ in spans(third)] == ended_s
