"""The whole Bluetooth half when straps, radio or gateway fail: what returns, what is told."""

import asyncio

import pytest
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakError,
)

from gateway.straps.phases import Phase
from gateway.straps.recorder import OFF_ROSTER
from protocol.ble import uuids
from protocol.identifiers import StrapId
from protocol.messages.roster import ConsentedStream
from protocol.messages.uplink import LINK_CHARACTERISTIC, GapReason
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


async def test_d3_a_zombie_link_is_stale_after_5_s_and_replaced_within_15_s(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        await gateway.live(strap, seconds=3)
        zombie = strap.client
        await gateway.clock.advance(4.5)  # the newest value is 5.5 s old; the link says "connected"
        assert gateway.fleet.states()[0].stale
        assert strap.client is zombie
        await gateway.clock.advance(5)
        assert strap.n_links == 2
        assert strap.client is not zombie
        await gateway.live(strap, seconds=1)
        assert not gateway.fleet.states()[0].stale


async def test_d3_a_strap_that_stays_silent_is_stale_over_all_its_links_until_it_is_heard(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        await gateway.live(strap, seconds=3)
        await gateway.clock.advance(4.5)
        for _ in range(120):
            assert gateway.fleet.states()[0].stale
            gateway.air.advertise(strap)
            await gateway.clock.advance(0.5)
        assert strap.n_links >= 3
        gateway.fleet.apply_roster(roster(A, streams=[ConsentedStream.HEART_RATE]))
        await gateway.clock.advance(1)
        assert gateway.fleet.states()[0].stale
        await gateway.live(strap, seconds=20)
        assert not gateway.fleet.states()[0].stale


async def test_d3_a_silent_strap_whose_heart_rate_nobody_agrees_to_any_more_is_not_stale(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        await gateway.live(strap, seconds=3)
        await gateway.clock.advance(4.5)
        gateway.fleet.apply_roster(roster(A, streams=[ConsentedStream.MOVEMENT]))
        await gateway.clock.advance(3)
        assert not gateway.fleet.states()[0].stale


async def test_d3_arming_again_is_tried_before_the_link_is_given_up(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        await gateway.live(strap, seconds=3)
        await gateway.clock.advance(5)
        await gateway.live(strap, seconds=10)
        assert strap.n_links == 1


async def test_d4_a_bad_strap_delays_another_by_five_seconds_at_most() -> None:
    bad, good = FakeStrap(A, "AA:00", hangs=True), FakeStrap(B, "BB:00")
    gateway = FleetOnAir(FakeAir(bad, good), Kept(), HandClock())
    gateway.fleet.apply_roster(roster(A, B))
    async with gateway:
        gateway.air.advertise(bad)
        await gateway.clock.advance(0.1)
        gateway.air.advertise(good)
        await gateway.clock.advance(4.8)
        assert not good.connected()
        await gateway.clock.advance(0.2)
        assert good.connected()
        await gateway.live(good, seconds=2)


async def test_d4_fifteen_straps_that_drop_at_once_are_all_back_within_a_minute() -> None:
    straps = [FakeStrap(f"51ADA{n:03X}", f"AA:{n:02X}") for n in range(15)]
    gateway = FleetOnAir(FakeAir(*straps), Kept(), HandClock())
    gateway.fleet.apply_roster(roster(*[strap.serial for strap in straps]))
    async with gateway:
        await gateway.live(*straps, seconds=3)
        for strap in straps:
            strap.connect_errors = [TimeoutError(), TimeoutError()]
            strap.drop()
        await gateway.live(*straps, seconds=59)
        assert {state.phase for state in gateway.fleet.states()} == {"streaming"}


async def test_d5_a_stream_left_on_by_a_killed_gateway_is_stopped_and_started_again(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    await gateway.__aenter__()
    await gateway.live(strap, seconds=3)
    gateway.kill()
    assert strap.measuring
    strap.written.clear()
    second = FleetOnAir(gateway.air, Kept(), gateway.clock)
    second.fleet.apply_roster(roster(A))
    async with second:
        await second.live(strap, seconds=3)
        assert [request[:4] for request in strap.written] == ["0102", "0202", "0302", "0202"]
        assert second.fleet.states()[0].phase == "streaming"
    assert second.kept.payloads(ACC)


async def test_d5_a_connect_that_a_killed_gateway_left_in_the_system_is_cleared(
    strap: FakeStrap,
) -> None:
    gateway = FleetOnAir(FakeAir(strap), Kept(), HandClock())
    gateway.air.stuck.add(strap.address)  # InProgress for ever, until the device is removed
    gateway.fleet.apply_roster(roster(A))
    async with gateway:
        await gateway.live(strap, seconds=30)
        assert gateway.fleet.states()[0].phase == "streaming"
    assert gateway.kept.payloads(HR)


async def test_a12_after_a_kill_the_gap_runs_from_the_last_value_kept_to_the_first_new(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    await gateway.__aenter__()
    await gateway.live(strap, seconds=3)
    gateway.kill()
    last = {(StrapId(A), row[1]): row[2] for row in gateway.kept.rows if "/" not in row[1]}
    await gateway.clock.advance(20)
    second = FleetOnAir(gateway.air, Kept(), gateway.clock, unclosed=last)
    second.fleet.apply_roster(roster(A))
    async with second:
        await second.live(strap, seconds=3)
    gap = second.kept.gaps[0]
    assert (gap[1], gap[2], gap[4]) == (GapReason.GATEWAY_DOWN, last[StrapId(A), ACC], None)
    assert gap[3] == next(row[2] for row in second.kept.rows if row[1] == HR)
    assert len(second.kept.gaps) == 1


async def test_a12_where_the_last_run_ended_may_become_known_late(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    """A huge damaged journal is read beside the straps that stream already."""
    ended = gateway.clock.now()
    last = {(StrapId(serial), name): ended for serial in (A, B) for name in (HR, ACC)}
    await gateway.clock.advance(20)
    other = FakeStrap(B, "BB:00")
    gateway.air.straps[other.address] = other
    async with gateway:
        await gateway.live(strap, seconds=3)
        gateway.fleet.apply_roster(roster(A, B))
        gateway.fleet.resume(last)
        await gateway.live(strap, other, seconds=3)
    first = {
        key: next(row[2] for row in gateway.kept.rows if row[:2] == key)
        for key in [(StrapId(A), HR), (StrapId(A), ACC), (StrapId(B), HR)]
    }
    assert gateway.kept.gaps == [
        (A, GapReason.GATEWAY_DOWN, ended, first[StrapId(A), HR], HR),
        (A, GapReason.GATEWAY_DOWN, ended, first[StrapId(A), ACC], ACC),
        (B, GapReason.GATEWAY_DOWN, ended, first[StrapId(B), HR], None),
    ]


async def test_a12_what_is_known_late_of_a_strap_off_the_roster_ends_with_the_first_roster(
    strap: FakeStrap,
) -> None:
    """Goes red if a clean stop would forget what a dead gateway lost of it."""
    clock = HandClock()
    ended = clock.now()
    gateway = FleetOnAir(FakeAir(strap), Kept(), clock)
    gateway.fleet.resume({(StrapId(B), HR): ended})
    await clock.advance(20)
    waited = gateway.fleet.awaits_roster
    rostered = clock.now()
    gateway.fleet.apply_roster(roster(A))
    await clock.advance(20)
    gateway.fleet.resume({(StrapId(B), ACC): ended})
    assert (waited, gateway.fleet.awaits_roster) == (True, False)
    assert gateway.kept.gaps == [(B, GapReason.GATEWAY_DOWN, ended, rostered, None)] * 2
    assert [link.detail for link in gateway.kept.links()] == [OFF_ROSTER] * 2


async def test_a12_what_is_known_late_of_a_stream_that_is_not_agreed_to_any_more_ends_there(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    """Goes red if nobody tells of it, or a link's first moment counts as what is open then."""
    ended = gateway.clock.now()
    last = {(StrapId(A), name): ended for name in (HR, ACC, LINK_CHARACTERISTIC)}
    await gateway.clock.advance(20)
    async with gateway:
        gateway.fleet.apply_roster(roster(A, streams=[ConsentedStream.MOVEMENT]))
        withdrawn = gateway.clock.now()
        open_acc = {key: at for key, at in last.items() if key[1] != HR}
        open_hr = {key: at for key, at in last.items() if key[1] != ACC}
        assert gateway.fleet.resume(last) == open_acc
        assert gateway.fleet.resume(open_hr) == {}
        await gateway.live(strap, seconds=3)
    back = next(row[2] for row in gateway.kept.rows if row[1] == ACC)
    down, mine = GapReason.GATEWAY_DOWN, StrapId(A)
    assert gateway.kept.gaps == [(mine, down, ended, withdrawn, HR)] * 2 + [
        (mine, down, ended, back, None)
    ]


async def test_a12_a_first_value_that_died_with_the_gateway_is_in_a_gap(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    """Only that the link could send was on the disk."""
    could_send = gateway.clock.now()
    await gateway.clock.advance(20)
    gateway.fleet.resume({(StrapId(A), LINK_CHARACTERISTIC): could_send})
    async with gateway:
        await gateway.live(strap, seconds=3)
    first = next(row[2] for row in gateway.kept.rows if row[:2] == (StrapId(A), HR))
    assert gateway.kept.gaps[0] == (A, GapReason.GATEWAY_DOWN, could_send, first, None)


async def test_b1_wall_clock_steps_cause_no_reconnect_and_no_gap(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    async with gateway:
        for step_s in (0, 3600, -3600, 86_400, -86_400):
            gateway.clock.wall_step_ns = step_s * 1_000_000_000
            await gateway.live(strap, seconds=3)
        assert strap.n_links == 1
    stamps = [row[2].monotonic_ns for row in gateway.kept.rows if row[1] == HR]
    assert stamps == sorted(stamps)
    assert gateway.kept.gaps == []


async def test_an_adapter_that_is_off_is_told_once_and_found_again(
    gateway: FleetOnAir, strap: FakeStrap, caplog: pytest.LogCaptureFixture
) -> None:
    off = BleakBluetoothNotAvailableError("off", BleakBluetoothNotAvailableReason.POWERED_OFF)
    gateway.air.scan_errors = [off, off, off]
    async with gateway:
        troubles = [gateway.fleet.radio_trouble]
        await gateway.clock.advance(20)
        troubles.append(gateway.fleet.radio_trouble)
        assert troubles == ["off", None]
        await gateway.live(strap, seconds=2)
        assert gateway.fleet.states()[0].phase == "streaming"
    assert len([r for r in caplog.records if r.levelname == "WARNING"]) == 1


async def test_a_connect_that_fails_is_tried_again_when_the_strap_is_seen(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    strap.connect_errors = [BleakError("no"), TimeoutError()]
    async with gateway:
        await gateway.live(strap, seconds=12)
        assert gateway.fleet.states()[0].phase == "streaming"


async def test_after_a_crash_and_restart_stop_still_waits_for_the_straps(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    gateway.air.scan_errors = [KeyError("a bug")]
    with pytest.raises(ExceptionGroup):
        await gateway.fleet.run()
    async with gateway:
        await gateway.live(strap, seconds=3)
        assert strap.connected()
        stopping = asyncio.create_task(gateway.fleet.stop())
        await asyncio.wait({stopping}, timeout=0)
        assert not stopping.done()
    assert not strap.connected()
    assert not strap.measuring


async def stream_and_crash(gateway: FleetOnAir, strap: FakeStrap) -> None:
    crashing = asyncio.create_task(gateway.fleet.run())
    await gateway.live(strap, seconds=3)
    gateway.air.scan_errors = [KeyError("a bug")]
    await gateway.live(strap, seconds=120)  # nobody advertises: the scan is begun again
    assert isinstance(crashing.exception(), ExceptionGroup)


async def test_a12_a_crash_of_the_fleet_is_a_declared_gap_however_short(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    await stream_and_crash(gateway, strap)
    assert gateway.kept.gaps == []
    async with gateway:
        await gateway.live(strap, seconds=2)
    assert [(gap[1], gap[4]) for gap in gateway.kept.gaps] == [(GapReason.LINK_LOST, None)]


async def test_a12_gaps_open_at_a_crash_are_declared_by_a_stop_that_comes_before_the_restart(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    """Goes red if only what runs is stopped: the clean end would hide them."""
    await stream_and_crash(gateway, strap)
    await gateway.fleet.stop()
    await gateway.fleet.stop()  # also what is asked twice is told once
    assert [(gap[1], gap[4]) for gap in gateway.kept.gaps] == [(GapReason.LINK_LOST, None)]


async def test_a12_a_strap_that_can_t_be_left_in_time_has_its_gap_declared() -> None:
    strap = FakeStrap(A, "AA:00")
    gateway = FleetOnAir(FakeAir(strap), Kept(), HandClock())
    gateway.fleet.apply_roster(roster(A))
    async with gateway:
        await gateway.live(strap, seconds=3)
        await gateway.clock.advance(1)
        (task,) = gateway.fleet._tasks.values()  # noqa: SLF001 - its limit is on the loop's clock
        next(iter(gateway.fleet._supervisors.values())).stop()  # noqa: SLF001
        task.cancel()
        await asyncio.wait({task})
        assert [(gap[1], gap[4]) for gap in gateway.kept.gaps] == [(GapReason.LINK_LOST, None)]


async def test_where_each_link_is_and_whether_the_radio_scans_is_told_as_straps_come_and_go(
    gateway: FleetOnAir, strap: FakeStrap
) -> None:
    assert (gateway.fleet.phases, gateway.fleet.scans) == ({StrapId(A): Phase.WAITING}, None)
    async with gateway:
        await gateway.live(strap, seconds=3)
        assert (gateway.fleet.phases, gateway.fleet.scans) == ({StrapId(A): Phase.STREAMING}, True)
    assert gateway.fleet.phases == {StrapId(A): Phase.CLOSED}
