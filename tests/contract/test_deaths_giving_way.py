"""A gateway that is killed just as one stream of a strap gives way to another."""

from pathlib import Path

from protocol.messages.roster import ConsentedStream
from tests.contract.gateway_lives import ACC, HR, A, World, newest, spans, stamps_s, write
from tests.unit.gateway.straps.fleet_on_air import roster
from tests.unit.gateway.straps.strap_clock import turn_loop


async def test_a12_a_gap_begins_with_the_end_of_what_gave_way_before_the_kill(
    tmp_path: Path,
) -> None:
    """Goes red if it lies over all that is kept of heart rate, since the link's first moment."""
    world = World(tmp_path)
    async with world.life(streams=[ConsentedStream.HEART_RATE]) as first:
        await first.live(world.strap, seconds=60)
        withdrawn_s = world.clock.now_ns / 1e9
        world.strap.hangs = True  # so that no new link has the rest written
        first.fleet.apply_roster(roster(A, streams=[ConsentedStream.MOVEMENT]))
        write(first)  # before the old link is closed
        await turn_loop(200)
        assert withdrawn_s - newest(first) < 2
        assert stamps_s(first, HR)
    world.strap.hangs = False
    async with world.life(streams=[ConsentedStream.MOVEMENT]) as last:
        await last.live(world.strap, seconds=3)
        assert spans(last) == [("gateway_down", withdrawn_s, min(stamps_s(last, ACC)))]
