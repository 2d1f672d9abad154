"""What died with a gateway is in a gap of its strap, whatever came between two lives."""

from pathlib import Path

import pytest

from gateway.straps.recorder import OFF_ROSTER
from protocol.ble import uuids
from protocol.messages.roster import ConsentedStream
from tests.contract.gateway_lives import (
    ACC,
    HR,
    A,
    World,
    damage_for_a_search,
    learn_late,
    live_without_strap,
    lose_first_value,
    newest,
    spans,
    stamps_s,
    write,
)
from tests.unit.gateway.straps.fleet_on_air import roster
from tests.unit.gateway.straps.strap_clock import TURNS, turn_loop

CONTROL_POINT = uuids.PMD_CONTROL_POINT


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.mark.parametrize("n_between", [0, 1, 2])
async def test_a12_a_first_value_that_died_is_in_a_gap_also_after_lives_without_the_strap(
    world: World, n_between: int
) -> None:
    """Goes red if a later life's `waiting` makes the journal forget that a link was open."""
    lost_s = await lose_first_value(world)
    await live_without_strap(world, n_between)
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        first_s = next(row[2] for row in last.kept.rows if row[1] == HR).monotonic_ns / 1e9
        ((reason, since_s, until_s),) = spans(last)
        assert (reason, until_s) == ("gateway_down", first_s)
        assert since_s <= lost_s


@pytest.mark.parametrize("learnt", ["at once", "by a search"])
async def test_a12_a_first_value_that_died_is_in_a_gap_also_after_another_that_died(
    world: World, learnt: str
) -> None:
    """Goes red if what a strap answers as its next link comes up says that all was kept."""
    lost_s = await lose_first_value(world)
    if learnt == "by a search":
        damage_for_a_search(world)
    async with world.life() as second:
        second.air.advertise(world.strap)
        await turn_loop(4 * TURNS)
        assert second.kept.payloads(CONTROL_POINT)
        write(second)
        if learnt == "by a search":
            await learn_late(world, second)
        world.strap.beat()
    async with world.life() as last:
        await last.live(world.strap, seconds=2)
        ((reason, since_s, until_s),) = spans(last)
        assert (reason, until_s) == ("gateway_down", min(stamps_s(last, HR)))
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
