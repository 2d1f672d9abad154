"""A Verity Sense of both firmwares: wire reference 3.6, known exchanges."""

import random

import pytest

from firmware_sim.strap.battery import Battery
from firmware_sim.strap.verity import Verity
from protocol.ble import uuids
from tests.unit.firmware_sim.strap.fakes import (
    SECOND_NS,
    START_NS,
    ask,
    connect,
    known_wearer,
    payloads,
)

START_ACC = "020200013400010110000201080004 0103".replace(" ", "")


def _verity(*, has_factor: bool) -> Verity:
    battery = Battery(80.0, START_NS)
    return Verity(
        "51ADA003", known_wearer(), battery, START_NS, random.Random(1), has_factor=has_factor
    )


def test_its_settings_have_channels() -> None:
    strap = _verity(has_factor=False)
    connect(strap)
    assert ask(strap, "0102") == "f001020000" + "00013400" + "01011000" + "02010800" + "040103"


@pytest.mark.parametrize(
    ("has_factor", "answer", "frame_type"),
    [(True, "f002020000050140da7f39", 0x80), (False, "f002020000", 0x81)],
)
def test_a_start_with_and_without_factor(has_factor: bool, answer: str, frame_type: int) -> None:
    strap = _verity(has_factor=has_factor)
    connect(strap)
    assert ask(strap, START_ACC) == answer
    frames = payloads(strap.tick(START_NS + 10 * SECOND_NS), uuids.PMD_DATA)
    assert {each[9] for each in frames} == {frame_type}
    assert 5 <= len(frames) <= 8


@pytest.mark.parametrize(
    ("request_hex", "answer"),
    [
        ("02020001340001011000020108000401 02".replace(" ", ""), "f002020b00"),
        ("0202000134000101100002010800", "f002020500"),  # no channels
        ("0200", "f002000300"),  # no ECG on the arm
    ],
)
def test_refusals(request_hex: str, answer: str) -> None:
    strap = _verity(has_factor=False)
    connect(strap)
    assert ask(strap, request_hex) == answer


def test_an_optical_sensor_gives_no_rr() -> None:
    strap = _verity(has_factor=False)
    connect(strap)
    values = payloads(strap.tick(START_NS + SECOND_NS), uuids.HEART_RATE_MEASUREMENT)
    assert values == [bytes.fromhex("004a")]
    assert strap.name == "Polar Sense 51ADA003"
