"""Fifteen straps on one belt rack."""

import pytest

from firmware_sim.errors import SimulatorError
from firmware_sim.strap.fleet import build_straps
from firmware_sim.strap.recording import H10_AT_REST, load_recording
from firmware_sim.strap.strap import Strap
from protocol.ble import uuids

START_NS = 10**12
SECOND_NS = 10**9
START_ACC_200 = bytes.fromhex("02020001c8000101100002010800")


def _run(strap: Strap, seconds: int) -> list[bytes]:
    strap.connect(START_NS)
    strap.exchange_mtu(232)
    for name in (uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA):
        strap.subscribe(name, notify=True, indicate=False)
    strap.write(uuids.PMD_CONTROL_POINT, START_ACC_200, START_NS)
    return [each.payload for each in strap.tick(START_NS + seconds * SECOND_NS)]


def test_serials_and_names_count_up() -> None:
    straps = build_straps(15, start_ns=START_NS)
    assert straps[0].name == "Polar H10 51ADA001"
    assert straps[14].serial == "51ADA00F"
    later = build_straps(2, "generic", serial_start=15, start_ns=START_NS)
    assert [each.name for each in later] == ["Heart Rate 51ADA00F", "Heart Rate 51ADA010"]


def test_the_same_seed_sends_the_same_bytes() -> None:
    one = _run(build_straps(3, seed=9, start_ns=START_NS)[2], 20)
    assert one == _run(build_straps(3, seed=9, start_ns=START_NS)[2], 20)
    assert one == _run(build_straps(5, seed=9, start_ns=START_NS)[2], 20)  # whoever else there is
    assert one != _run(build_straps(3, seed=8, start_ns=START_NS)[2], 20)


@pytest.mark.parametrize("model", ["oh1", "H10", ""])
def test_models_that_are_not_there(model: str) -> None:
    with pytest.raises(SimulatorError, match="the models are h10, verity, generic, movesense"):
        build_straps(1, model, start_ns=START_NS)


@pytest.mark.parametrize(("count", "serial_start"), [(0, 1), (-1, 1), (4096, 1), (2, 0xFFF)])
def test_numbers_that_do_not_exist(count: int, serial_start: int) -> None:
    with pytest.raises(SimulatorError, match="can't be numbered"):
        build_straps(count, serial_start=serial_start, start_ns=START_NS)


def test_each_strap_replays_from_another_place() -> None:
    recording = load_recording(H10_AT_REST)
    straps = build_straps(4, start_ns=START_NS, recording=recording)
    first_rates = []
    for strap in straps:
        sent = _run(strap, 5)
        first_rates.append(next(each[1] for each in sent if each[0] == 0x10))
    assert first_rates == [80, 87, 85, 80]  # from 0, 15, 30 and 45 s on


def test_a_verity_cannot_replay() -> None:
    recording = load_recording(H10_AT_REST)
    with pytest.raises(SimulatorError, match="use h10 or generic"):
        build_straps(1, "verity", start_ns=START_NS, recording=recording)


def test_makers_of_generic_straps_differ() -> None:
    flags = set()
    for strap in build_straps(8, "generic", start_ns=START_NS):
        strap.connect(START_NS)
        strap.subscribe(uuids.HEART_RATE_MEASUREMENT, notify=True, indicate=False)
        flags |= {each.payload[0] & 0x0F for each in strap.tick(START_NS + 25 * SECOND_NS)}
    assert flags == {0x00, 0x01, 0x06, 0x07, 0x08, 0x09, 0x0E, 0x0F}
