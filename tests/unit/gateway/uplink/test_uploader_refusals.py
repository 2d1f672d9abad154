"""Uploads to a server that refuses: one bad record is set aside, and no other ever."""

import pytest

from gateway.journal.entries import Silence
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import GapDeclaration, GapReason
from protocol.moments import ReceivedAt
from tests.unit.gateway.uplink.upload_world import World

GAP = Silence(
    StrapId("51ADA001"),
    GapReason.LINK_LOST,
    ReceivedAt(BootId("boot"), 1, 1),
    ReceivedAt(BootId("boot"), 2, 2),
)


@pytest.fixture
def world() -> World:
    return World()


async def test_a_refused_record_becomes_a_gap_and_the_others_arrive(world: World) -> None:
    world.record(20)
    world.server.poison = {world.payloads[13]}
    await world.send(40)
    assert world.server.payloads() == sorted(set(world.payloads) - world.server.poison)
    gaps = [e for e in world.server.stored.values() if isinstance(e, GapDeclaration)]
    assert [(gap.reason, gap.first_seq) for gap in gaps] == [("quarantined", 14)]
    assert world.journal.acknowledged == 20
    assert world.uploader.counts.n_quarantined == 1
    assert world.uploader.counts.n_entries == 20, "controls are no progress"


async def test_after_each_refusal_of_one_record_another_one_is_sent(world: World) -> None:
    world.record(3)
    world.server.poison = {world.payloads[0]}
    await world.send(9)
    assert world.wire.offered == [1, 1, 2, 1, 2, 1, 2, 1, 2]  # three, one, control, …, gap, rest


async def test_a_record_that_went_up_before_is_the_control_where_nothing_else_waits(
    world: World,
) -> None:
    world.record(3)
    await world.send(1)
    world.record(1)
    world.server.poison = set(world.payloads)
    await world.send(20)
    assert world.wire.offered[1:4] == [4, 3, 2]
    assert world.journal.quarantined == {}


async def test_a_server_that_refuses_everything_for_a_while_costs_no_record(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Goes red if what was refused meanwhile counts against a record."""
    world.record(3)
    world.wire.plan = ["refused"] * 40
    await world.send(40)
    told = [r.message for r in caplog.records if "refuses everything" in r.message]
    assert len(told) == 1
    await world.send(8)
    assert world.server.payloads() == sorted(world.payloads)
    assert (world.journal.quarantined, world.uploader.counts.n_quarantined) == ({}, 0)


@pytest.mark.parametrize("fate", ["refused", "too large", "no token"])
@pytest.mark.parametrize("n_refused", [0, 1, 2, 3, 5, 8, 13, 21, 40])
@pytest.mark.parametrize("n_before", [0, 5])
async def test_a_bad_record_is_set_aside_and_no_other_however_long_all_were_refused_before(
    world: World, fate: str, n_refused: int, n_before: int
) -> None:
    """Goes red if a hold lasts for ever, or if any record falls victim to it."""
    world.record(n_before)
    await world.send(n_before)
    world.record(20)
    world.server.poison = {world.payloads[n] for n in (n_before, n_before + 1, n_before + 17)}
    world.wire.plan = [fate] * n_refused
    await world.send(n_refused + 80)
    assert world.server.payloads() == sorted(set(world.payloads) - world.server.poison)
    gaps = [e for e in world.server.stored.values() if isinstance(e, GapDeclaration)]
    assert sorted(gap.first_seq - n_before for gap in gaps) == [1, 2, 18]
    assert world.journal.acknowledged == world.journal.next_seq - 1
    assert world.uploader.counts.n_quarantined == 3


async def test_a_control_that_is_bad_as_well_doesn_t_hold_up_the_line(world: World) -> None:
    """A server that lately refuses what one strap sends, and took it before."""
    world.record(3)
    await world.send(1)
    world.record(9)
    world.server.poison = set(world.payloads[1:6])
    await world.send(200)
    assert world.server.payloads() == sorted(world.payloads[:3] + world.payloads[6:])
    assert sorted(seq for _, seq in world.journal.quarantined) == [4, 5, 6]


async def test_a_server_that_takes_gaps_and_no_record_costs_no_record(world: World) -> None:
    """Goes red if a gap, or an empty batch, is thought to show that records are taken."""
    world.record(4)
    await world.send(1)
    world.record(2)
    world.journal.append([GAP])
    world.server.poison = set(world.payloads)
    await world.send(60)
    assert world.journal.quarantined == {}
    world.server.poison = set()
    await world.send(5)
    assert world.server.payloads() == sorted(world.payloads)
