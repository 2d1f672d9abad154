"""What died with a gateway of a single stream, and where consent to it ends or begins."""

from pathlib import Path

import pytest

from protocol.messages.roster import ConsentedStream
from protocol.messages.uplink import GapReason
from tests.contract.gateway_lives import (
    ACC,
    HR,
    A,
    World,
    damage_journal,
    learn_late,
    live_and_die,
    newest,
    spans,
    stamps_s,
    write,
)
from tests.unit.gateway.straps.fleet_on_air import roster


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


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
    first = await live_and_die(world, 5, streams=before)
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


@pytest.mark.parametrize("n_frames", [3, 15])
@pytest.mark.parametrize(
    "damage", [None, "UPDATE meta SET digest = x'00'", "UPDATE stream SET monotonic_ns = 'x'"]
)
async def test_a12_killed_as_movement_is_withdrawn_no_gap_is_over_movement_that_is_kept(
    world: World, n_frames: int, damage: str | None
) -> None:
    """Goes red if the strap's gap begins with its last heart rate, before its last movement."""
    async with world.life() as first:
        await first.live(world.strap, seconds=3)
        for _ in range(n_frames):
            world.strap.move()
            await world.clock.advance(0.2)
        withdrawn_s = world.clock.now_ns / 1e9
        first.fleet.apply_roster(roster(A, streams=[ConsentedStream.HEART_RATE]))
        write(first)
        stalled = ("stream_stalled", max(stamps_s(first, HR)), withdrawn_s)
        assert spans(first) == ([stalled] if n_frames > 5 else [])
    if damage is not None:
        damage_journal(world, damage)
    async with world.life(streams=[ConsentedStream.HEART_RATE]) as last:
        await last.live(world.strap, seconds=3)
        if world.owes_search:
            await learn_late(world, last)
        assert spans(last) == [("gateway_down", withdrawn_s, min(stamps_s(last, HR)))]


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
