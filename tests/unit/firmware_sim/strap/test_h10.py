"""An H10 from the outside: streams, clock, sleep."""

import pytest

from firmware_sim.scenario.faults import FaultKind
from firmware_sim.strap.device_clock import POWER_ON_STAMP_NS
from protocol.ble import uuids
from tests.unit.firmware_sim.strap.fakes import (
    SECOND_NS,
    START_ACC_200,
    START_ECG,
    START_NS,
    ask,
    connect,
    new_h10,
    payloads,
)

DATA = uuids.PMD_DATA


def _stamp_ns(frame: bytes) -> int:
    return int.from_bytes(frame[1:9], "little")


def test_its_services() -> None:
    names = [service.name for service in new_h10().services]
    assert names == ["180d", "180a", "180f", uuids.PMD_SERVICE]
    characteristics = [c.name for c in new_h10().services[0].characteristics]
    assert characteristics == ["2a37", "2a38"]  # and no 2a39


def test_its_advertisement_carries_the_heart() -> None:
    strap = new_h10()
    strap.tick(START_NS + 3 * SECOND_NS)
    advertisement = strap.advertisement(START_NS + 3 * SECOND_NS)
    assert advertisement is not None
    assert advertisement.local_name == "Polar H10 51ADA001"
    assert advertisement.services == ("180d", "feee")
    assert advertisement.manufacturer_data[-2:] == bytes((74, 74))


def test_features_are_read_from_the_control_point() -> None:
    assert new_h10().read(uuids.PMD_CONTROL_POINT, START_NS)[:2] == bytes.fromhex("0f05")


def test_heart_rate_has_no_contact_bits() -> None:
    strap = new_h10()
    connect(strap)
    values = payloads(strap.tick(START_NS + SECOND_NS), uuids.HEART_RATE_MEASUREMENT)
    assert values == [bytes.fromhex("104a4103")]


def test_both_streams_at_their_sizes_in_order_of_time() -> None:
    strap = new_h10()
    connect(strap)
    ask(strap, START_ACC_200.hex())
    ask(strap, START_ECG.hex())
    frames = payloads(strap.tick(START_NS + 10 * SECOND_NS), DATA)
    assert [len(each) for each in frames if each[0] == 2] == [226] * 55
    assert [len(each) for each in frames if each[0] == 0] == [229] * 17
    stamps_ns = [_stamp_ns(each) for each in frames]
    assert stamps_ns == sorted(stamps_ns)


@pytest.mark.parametrize(("rate_hex", "frames"), [("1900", 6), ("3200", 13), ("6400", 27)])
def test_slower_rates(rate_hex: str, frames: int) -> None:
    strap = new_h10()
    connect(strap)
    assert ask(strap, f"02020001{rate_hex}0101100002010800") == "f00202000001"
    assert len(payloads(strap.tick(START_NS + 10 * SECOND_NS), DATA)) == frames


def test_without_the_data_cccd_a_start_succeeds_and_nothing_comes() -> None:
    strap = new_h10()
    connect(strap)
    strap.subscribe(DATA, notify=False, indicate=False)
    assert ask(strap, START_ACC_200.hex()) == "f00202000001"
    assert payloads(strap.tick(START_NS + 5 * SECOND_NS), DATA) == []


def test_without_the_control_points_cccd_no_answer_comes() -> None:
    strap = new_h10()
    connect(strap)
    strap.subscribe(uuids.PMD_CONTROL_POINT, notify=False, indicate=False)
    assert strap.write(uuids.PMD_CONTROL_POINT, START_ACC_200, START_NS) == []


def test_a_stream_outlives_the_link_and_its_clock_goes_on() -> None:
    strap = new_h10()
    connect(strap)
    ask(strap, START_ACC_200.hex())
    before = payloads(strap.tick(START_NS + SECOND_NS), DATA)
    strap.disconnect(START_NS + SECOND_NS)
    connect(strap, START_NS + 21 * SECOND_NS)
    assert ask(strap, START_ACC_200.hex(), START_NS + 21 * SECOND_NS) == "f002020600"
    after = payloads(strap.tick(START_NS + 22 * SECOND_NS), DATA)
    hole_ns = _stamp_ns(after[0]) - _stamp_ns(before[-1])
    assert 19 * SECOND_NS < hole_ns < 21 * SECOND_NS


def test_b4_a_clock_step_moves_stamps_in_the_middle_of_a_stream() -> None:
    strap = new_h10()
    connect(strap)
    ask(strap, START_ACC_200.hex())
    before = payloads(strap.tick(START_NS + SECOND_NS), DATA)
    strap.inject(FaultKind.CLOCK_STEP, START_NS + SECOND_NS, 0, {"step_s": 241_586_764.0})
    after = payloads(strap.tick(START_NS + 2 * SECOND_NS), DATA)
    step_ns = _stamp_ns(after[0]) - _stamp_ns(before[-1])
    assert step_ns == pytest.approx(241_586_764 * SECOND_NS, abs=0.2 * SECOND_NS)


def test_b4_a_reboot_sends_the_clock_back_to_2019_and_ends_streams() -> None:
    strap = new_h10()
    connect(strap)
    ask(strap, START_ACC_200.hex())
    strap.inject(FaultKind.REBOOT, START_NS + SECOND_NS, 0, {})
    connect(strap, START_NS + 2 * SECOND_NS)
    assert ask(strap, START_ACC_200.hex(), START_NS + 2 * SECOND_NS) == "f00202000001"
    (frame, *_) = payloads(strap.tick(START_NS + 3 * SECOND_NS), DATA)
    assert 0 < _stamp_ns(frame) - POWER_ON_STAMP_NS < 2 * SECOND_NS


def test_it_sleeps_a_minute_after_it_was_taken_off_and_wakes_in_2019() -> None:
    strap = new_h10()
    strap.inject(FaultKind.POD_OFF, START_NS, 90 * SECOND_NS, {})
    for second in range(1, 91):
        strap.tick(START_NS + second * SECOND_NS)
    woke_ns = START_NS + 90 * SECOND_NS
    connect(strap, woke_ns)
    ask(strap, START_ACC_200.hex(), woke_ns)
    (frame,) = payloads(strap.tick(woke_ns + SECOND_NS // 5), DATA)
    assert 0 < _stamp_ns(frame) - POWER_ON_STAMP_NS < SECOND_NS


def test_a_stream_nobody_stopped_keeps_the_link_and_the_clock() -> None:
    strap = new_h10()
    connect(strap)
    ask(strap, START_ACC_200.hex())
    strap.inject(FaultKind.POD_OFF, START_NS, 600 * SECOND_NS, {})
    frames = []
    for second in range(1, 301):
        frames += payloads(strap.tick(START_NS + second * SECOND_NS), DATA)
    assert not strap.wants_to_drop(START_NS + 300 * SECOND_NS)
    assert frames[-1][10:16] == bytes.fromhex("00000000e803")  # on a bench, face up
    assert _stamp_ns(frames[-1]) - _stamp_ns(frames[0]) > 298 * SECOND_NS


def test_same_seed_same_bytes() -> None:
    runs = []
    for _ in range(2):
        strap = new_h10()
        connect(strap)
        ask(strap, START_ACC_200.hex())
        runs.append([each.payload for each in strap.tick(START_NS + 5 * SECOND_NS)])
    assert runs[0] == runs[1]
