"""The gateway's links against simulated straps on the virtual radio, in one process.

Nothing is faked between BleakClient and the strap's bytes: what the straps' truth says was sent is
compared with what the recorder was given.
"""

import asyncio
import time
from collections import Counter

import pytest
from bumble import hci

from firmware_sim.radio.peripheral import Peripheral
from firmware_sim.strap.pmd_server import PmdServer
from firmware_sim.strap.polar_strap import PolarStrap
from gateway.straps.diagnosis import Chart, examine
from gateway.straps.look_around import look_around
from protocol.ble import uuids
from protocol.identifiers import StrapId
from protocol.messages.roster import ConsentedStream
from protocol.messages.uplink import GapReason
from tests.contract.gateway_hall import Kept, all_heard, count, hall, running, until

START_ECG = bytes.fromhex("0200000182000101 0e00")  # ble-wire 3.6
DROPPED = hci.HCI_ErrorCode.REMOTE_USER_TERMINATED_CONNECTION_ERROR


def control_point(strap: Peripheral) -> PmdServer:
    assert isinstance(strap.strap, PolarStrap)
    return strap.strap._pmd


async def test_bytes_out_equal_bytes_in_and_nothing_is_left_on_the_straps() -> None:
    async with hall(4) as scene:
        kept = Kept()
        async with running(scene.fleet(kept)):
            await until(lambda: all_heard(kept, 4, uuids.PMD_DATA))
            await until(lambda: all_heard(kept, 4, uuids.HEART_RATE_MEASUREMENT))
        await asyncio.sleep(0.3)  # a stream that still ran would send now
        assert Counter(kept.values) == Counter(scene.truth.values)
        for strap in scene.straps:
            ours = [value for value in kept.values if value[0] == strap.strap.serial]
            assert ours == [v for v in scene.truth.values if v[0] == strap.strap.serial]
            assert strap.link is None
        assert kept.gaps == []


async def test_a_generic_strap_gives_heart_rate_alone() -> None:
    async with hall(1, "generic") as scene:
        kept = Kept()
        async with running(scene.fleet(kept)) as task:
            await until(lambda: count(kept, uuids.HEART_RATE_MEASUREMENT) >= 2)
            assert not task.done()
        assert {name for _, name, _ in kept.values} <= {
            uuids.HEART_RATE_MEASUREMENT,
            uuids.BATTERY_LEVEL,
        }


@pytest.mark.parametrize("rate_hz", [50, 25])
async def test_the_rate_that_was_asked_for_is_the_rate_that_starts(rate_hz: int) -> None:
    async with hall(1) as scene:
        kept = Kept()
        async with running(scene.fleet(kept, acc_rate_hz=rate_hz)):
            await until(lambda: count(kept, uuids.PMD_DATA) >= 3)
        (chart,) = kept.charts.values()
        stamps = [at for at, _ in chart.values[uuids.PMD_DATA]]
        spacing_s = (stamps[-1] - stamps[0]) / 1e9 / (len(stamps) - 1)
        assert spacing_s == pytest.approx(36 / rate_hz, rel=0.25)


async def test_a_dropped_link_comes_back_with_one_gap_and_no_value_lost_outside_it() -> None:
    async with hall(2) as scene:
        kept = Kept()
        first = scene.straps[0]
        async with running(scene.fleet(kept)):
            await until(lambda: all_heard(kept, 2, uuids.PMD_DATA))
            n_frames = count(kept, uuids.PMD_DATA)
            first.chip.drop(DROPPED)
            await until(lambda: bool(kept.gaps))
            await until(lambda: count(kept, uuids.PMD_DATA) > n_frames + 12)
        assert {gap[0] for gap in kept.gaps} == {first.strap.serial}
        assert kept.gaps[0][1] is GapReason.LINK_LOST
        assert Counter(kept.values) - Counter(scene.truth.values) == Counter()


async def test_d5_a_gateway_that_died_leaves_nothing_that_the_next_one_cannot_mend() -> None:
    """Cancelled in mid-stream: no stop, no CCCD off; the straps go on measuring."""
    async with hall(2) as scene:
        before, after = Kept(), Kept()
        dying = asyncio.create_task(scene.fleet(before).run())
        await until(lambda: all_heard(before, 2, uuids.PMD_DATA))
        dying.cancel()
        await asyncio.wait({dying})
        async with running(scene.fleet(after)):
            await until(lambda: all_heard(after, 2, uuids.PMD_DATA))
        for strap in scene.straps:
            chart = after.charts[StrapId(strap.strap.serial)]
            answers = [payload.hex() for _, payload in chart.values[uuids.PMD_CONTROL_POINT]]
            assert any(answer.startswith("f0020206") for answer in answers)  # already in state
            assert answers[-1].startswith("f0030200")


async def test_d5_what_a_dead_gateway_left_running_stops_where_only_heart_rate_is_agreed_to() -> (
    None
):
    """ECG, too, which somebody else had started: nobody agreed to either."""
    async with hall(2) as scene:
        before, after = Kept(), Kept()
        dying = asyncio.create_task(scene.fleet(before).run())
        await until(lambda: all_heard(before, 2, uuids.PMD_DATA))
        dying.cancel()
        await asyncio.wait({dying})
        for strap in scene.straps:
            control_point(strap).answer(START_ECG, 232, time.monotonic_ns())
            assert control_point(strap)._streams.keys() == {0, 2}
        fleet = scene.fleet(after)
        fleet.apply_roster(scene.roster([ConsentedStream.HEART_RATE]))
        async with running(fleet):
            await until(lambda: all_heard(after, 2, uuids.HEART_RATE_MEASUREMENT))
            await until(lambda: not any(control_point(s).is_measuring for s in scene.straps))
            n_beats = count(after, uuids.HEART_RATE_MEASUREMENT)
            await until(lambda: count(after, uuids.HEART_RATE_MEASUREMENT) > n_beats + 1)
        assert count(after, uuids.PMD_DATA) == 0


async def test_withdrawn_movement_is_not_kept_any_more() -> None:
    async with hall(1) as scene:
        kept = Kept()
        fleet = scene.fleet(kept)
        async with running(fleet):
            await until(lambda: count(kept, uuids.PMD_DATA) > 3)
            fleet.apply_roster(scene.roster([ConsentedStream.HEART_RATE]))
            n_frames = count(kept, uuids.PMD_DATA)
            n_beats = count(kept, uuids.HEART_RATE_MEASUREMENT)
            await until(lambda: count(kept, uuids.HEART_RATE_MEASUREMENT) > n_beats + 1)
            assert count(kept, uuids.PMD_DATA) == n_frames


async def test_what_the_doctor_sees_of_a_simulated_h10() -> None:
    async with hall(1) as scene:
        (heard,) = await look_around(scene.backend, 1.0)
        serial = StrapId(scene.straps[0].strap.serial)
        assert (heard.serial, heard.model) == (serial, "H10")
        kept = Kept()
        fleet = scene.fleet(kept)
        async with running(fleet):
            await until(lambda: count(kept, uuids.HEART_RATE_MEASUREMENT) >= 3)
            services = fleet.services(serial)
        charts = kept.charts.get(serial, Chart())
        finding = examine(serial, heard.name, heard.rssi_dbm, services, charts)
        assert finding.verdict[0] == "heart rate arrives"
        assert finding.verdict[1].startswith("acceleration arrives at ")
        assert finding.about["serial"] == serial
        assert {"firmware", "software"} <= finding.about.keys()
