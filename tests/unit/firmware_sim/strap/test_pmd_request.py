"""Choosing settings, and each way of choosing wrongly."""

import pytest

from firmware_sim.strap.pmd_bytes import Measurement, Setting, Status
from firmware_sim.strap.pmd_offers import H10_OFFERS
from firmware_sim.strap.pmd_request import check_settings

ACC = H10_OFFERS[Measurement.ACC]


def test_any_order_will_do() -> None:
    wanted = {Setting.SAMPLE_RATE: 50, Setting.RESOLUTION: 16, Setting.RANGE: 4}
    assert check_settings(bytes.fromhex("00013200 01011000 02010400"), ACC) == wanted
    assert check_settings(bytes.fromhex("02010400 00013200 01011000"), ACC) == wanted


@pytest.mark.parametrize(
    ("request_hex", "status"),
    [
        ("", Status.INVALID_PARAMETER),
        ("0001c800 01011000", Status.INVALID_PARAMETER),  # no range
        ("0001c800 0001c800 01011000 02010800", Status.INVALID_PARAMETER),  # rate twice
        ("0002c8006400 01011000 02010800", Status.INVALID_PARAMETER),  # two rates
        ("0001c800 01011000 02010800 040103", Status.INVALID_PARAMETER),  # channels
        ("0001c800 01011000 02010800 050140da7f39", Status.INVALID_PARAMETER),  # factor
        ("0001c800 01011000 0201", Status.INVALID_LENGTH),
        ("0001c8", Status.INVALID_LENGTH),
        ("00", Status.INVALID_LENGTH),
        ("00011a00 01011000 02010800", Status.INVALID_SAMPLE_RATE),  # 26 Hz
        ("0001c800 01010e00 02010800", Status.INVALID_RESOLUTION),  # 14 bit
        ("0001c800 01011000 02011000", Status.INVALID_RANGE),  # 16 g
    ],
)
def test_refusals(request_hex: str, status: Status) -> None:
    assert check_settings(bytes.fromhex(request_hex), ACC) == status
