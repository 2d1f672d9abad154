"""Flags as different makers fill them in."""

import pytest

from firmware_sim.strap.generic import Traits
from protocol.ble import uuids
from tests.unit.firmware_sim.strap.fakes import SECOND_NS, START_NS, connect, new_generic, payloads


def _values(traits: Traits, seconds: int) -> list[str]:
    strap = new_generic(traits)
    connect(strap)
    values = strap.tick(START_NS + seconds * SECOND_NS)
    return [each.hex() for each in payloads(values, uuids.HEART_RATE_MEASUREMENT)]


@pytest.mark.parametrize(
    ("traits", "wire"),
    [
        (Traits(), "164a4103"),
        (Traits(contact_bits=False), "104a4103"),
        (Traits(wide=True), "174a004103"),
    ],
)
def test_flags(traits: Traits, wire: str) -> None:
    assert _values(traits, 1) == [wire]


def test_energy_comes_with_every_tenth_value() -> None:
    """14 bpm above 60 for 20 s at 20 kJ/min per 60 bpm is 1.6 kJ."""
    values = _values(Traits(energy=True), 20)
    assert [number for number, each in enumerate(values) if each.startswith("1e")] == [9, 19]
    assert values[9] == "1e4a00004103"
    assert values[19] == "1e4a01004103"


def test_it_has_no_acceleration_and_no_control_point() -> None:
    strap = new_generic(Traits())
    assert [service.name for service in strap.services] == ["180d", "180a", "180f"]
