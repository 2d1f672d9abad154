"""The whole Bluetooth half on a fake radio: real bleak, real supervisors, a clock by hand."""

import pytest

from protocol.ble import uuids
from protocol.messages.roster import ConsentedStream
from protocol.messages.uplink import GapReason
from tests.unit.gateway.straps.fake_air import FakeAir
from tests.unit.gateway.straps.fake_strap import FakeStrap
from tests.unit.gateway.straps.fleet_on_air import FleetOnAir, roster
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import HandClock

HR, ACC = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA
A, B = "51ADA001", "51ADA002"


@pytest.fixture
def strap() -> FakeStrap:
    return FakeStrap(A, "AA:00")


@pytest.fixture
def gateway(strap: FakeStrap) -> FleetOnAir:
    made = FleetOnAir(FakeAir(strap), Kept(), HandClock())
    made.fleet.apply_roster(roster(A))
    return made


async def test_a_strap_streams_and_all_of_it_is_kept_as_sent(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        await gateway.live(strap, seconds=5)
        (state,) = gateway.fleet.states()
    assert (state.phase, state.stale, state.battery_pct, state.rssi_dbm) == (
        "streaming", False, 80, -60,
    )  # fmt: skip
    assert len(gateway.kept.payloads(HR)) == 5 == len(gateway.kept.payloads(ACC))
    assert set(gateway.kept.payloads(HR)) == {b"\x00\x48" + A.encode()}
    assert gateway.kept.payloads("read/2a25") == [A.encode()]
    assert gateway.kept.gaps == []
    assert gateway.kept.links()[1].address_hash == "hash of AA:00"


async def test_leaving_stops_the_stream_then_disarms_then_disconnects(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        await gateway.live(strap, seconds=3)
    assert strap.written[-1] == "0302"
    assert not strap.measuring
    assert not strap.connected()
    assert gateway.kept.phases()[-2:] == ["draining", "closed"]
    assert gateway.kept.payloads(uuids.PMD_CONTROL_POINT)[-1].hex() == "f003020000"
    assert gateway.kept.gaps == []


async def test_a_lost_link_is_opened_again_at_once_and_the_gap_declared(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        await gateway.live(strap, seconds=3)
        strap.drop()
        await gateway.live(strap, seconds=3)
        assert strap.n_links == 2
    (gap,) = gateway.kept.gaps
    assert (gap[0], gap[1], gap[4]) == (A, GapReason.LINK_LOST, None)
    assert gap[3].monotonic_ns - gap[2].monotonic_ns == 1_000_000_000


async def test_a_roster_entry_that_names_no_strap_costs_only_itself(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    gateway.fleet.apply_roster(roster(A, "not a serial!"))
    async with gateway:
        await gateway.live(strap, seconds=2)
        assert [state.strap for state in gateway.fleet.states()] == [A]


async def test_a_strap_off_the_roster_is_stopped_and_nothing_more_of_it_is_kept(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        await gateway.live(strap, seconds=2)
        n_rows = len(gateway.kept.rows) + 1  # which says that it is off the roster
        gateway.fleet.apply_roster(roster())
        strap.beat()
        await gateway.live(strap, seconds=3)
        assert gateway.fleet.states() == ()
        assert len(gateway.kept.rows) == n_rows
    assert not strap.connected()
    assert not strap.measuring


async def test_a_strap_whose_wearer_agrees_to_nothing_is_as_one_off_the_roster(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        await gateway.live(strap, seconds=2)
        n_rows = len(gateway.kept.rows) + 1  # which says that it is off the roster
        gateway.fleet.apply_roster(roster(A, streams=[]))
        strap.beat()
        await gateway.live(strap, seconds=3)
        assert gateway.fleet.states() == ()
        assert len(gateway.kept.rows) == n_rows
    assert not strap.connected()


async def test_withdrawn_movement_stops_at_once_and_heart_rate_goes_on(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        await gateway.live(strap, seconds=2)
        n_frames = len(gateway.kept.payloads(ACC))
        gateway.fleet.apply_roster(roster(A, streams=[ConsentedStream.HEART_RATE]))
        strap.move()
        await gateway.live(strap, seconds=4)
        assert len(gateway.kept.payloads(ACC)) == n_frames
        assert not strap.measuring
        assert gateway.fleet.states()[0].phase == "streaming"
    assert len(gateway.kept.payloads(HR)) >= 5


async def test_no_stream_is_opened_that_the_wearer_did_not_agree_to(strap: FakeStrap) -> None:
    gateway = FleetOnAir(FakeAir(strap), Kept(), HandClock())
    gateway.fleet.apply_roster(roster(A, streams=[ConsentedStream.HEART_RATE]))
    async with gateway:
        await gateway.live(strap, seconds=3)
        strap.drop()
        await gateway.live(strap, seconds=3)
    assert strap.written == ["05"]  # what runs? Nothing: that isn't asked on the next link again
    assert gateway.kept.payloads(HR)
    assert gateway.kept.payloads(ACC) == []


@pytest.mark.parametrize("tells_state", [True, False])
async def test_what_a_killed_gateway_left_running_is_stopped_where_heart_rate_alone_is_agreed_to(
    gateway: FleetOnAir, strap: FakeStrap, tells_state: bool
) -> None:
    """ble-wire 8.8: the streams are stopped at the next start, whoever wears the strap then."""
    strap.tells_state = tells_state
    await gateway.__aenter__()
    await gateway.live(strap, seconds=3)
    gateway.kill()
    is_left_running = strap.measuring
    assert is_left_running
    strap.written.clear()
    after = FleetOnAir(gateway.air, Kept(), gateway.clock)
    after.fleet.apply_roster(roster(A, streams=[ConsentedStream.HEART_RATE]))
    async with after:
        await after.live(strap, seconds=4)
        assert not strap.measuring
        assert (after.fleet.states()[0].phase, after.fleet.states()[0].last_error) == (
            "streaming", None,
        )  # fmt: skip
    assert strap.written == (["05", "0302"] if tells_state else ["05", "0302", "0300"])
    assert after.kept.payloads(HR)
    assert after.kept.payloads(ACC) == []
