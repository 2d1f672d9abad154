"""What died with a gateway is told by its journal, also a damaged one that takes a search."""

from pathlib import Path

import pytest

from gateway.journal.folder import journal_files
from protocol.messages.uplink import GapDeclaration
from tests.contract.gateway_lives import (
    ACC,
    HR,
    Journalled,
    World,
    damage_journal,
    down,
    learn_late,
    leave_damage_that_takes_a_search,
    live_and_die,
    live_without_strap,
    lose_first_value,
    newest,
    spans,
    stamps_s,
    stop_cleanly,
    write,
)
from tests.unit.gateway.straps.fleet_on_air import roster
from tests.unit.gateway.straps.strap_clock import turn_loop


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


async def test_a12_a_damaged_journal_s_gap_of_an_evening_begins_with_no_earlier_one(
    world: World,
) -> None:
    """Goes red if a gap before a clean stop sets back when the next evening's link came up."""
    world.strap.has_pmd = False  # nothing it answers says when that was
    async with world.life() as first:
        await first.live(world.strap, seconds=3)
        world.strap.drop()
        await world.clock.advance(10)
        await stop_cleanly(world, first)
        assert [gap[4] for gap in first.kept.gaps] == [None]
    await world.clock.advance(3600)
    linked_s = world.clock.now_ns / 1e9
    await lose_first_value(world)
    damage_journal(world)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        assert spans(last) == down([linked_s], [min(stamps_s(last, HR))])


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


@pytest.mark.parametrize("n_between", [0, 1, 2])
async def test_a12_what_a_damaged_journal_left_open_is_known_to_every_later_life(
    world: World, n_between: int
) -> None:
    """Goes red if only the first life after the damage knows where the gap begins."""
    first = await live_and_die(world, 3)
    damage_journal(world)
    await live_without_strap(world, n_between)
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
    await live_without_strap(world, n_between)
    async with world.life() as searching:
        await searching.live(world.strap, seconds=3)
        await learn_late(world, searching)
        first_s = [min(stamps_s(searching, name)) for name in (HR, ACC)]
        assert spans(searching) == down(ended_s, first_s)
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
    second = await live_and_die(world, 3)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        await learn_late(world, last)
        back_s = [min(stamps_s(second, name)) for name in (HR, ACC)]
        again_s = min(stamps_s(last, HR))
        assert sorted(spans(last)) == sorted(down([*ended_s, newest(second)], [*back_s, again_s]))


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
