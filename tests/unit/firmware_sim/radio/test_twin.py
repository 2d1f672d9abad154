"""A twin shares nothing but the name, or nothing but the address."""

import pytest

from firmware_sim.radio.addresses import strap_address
from firmware_sim.radio.twin import FIRST_NUMBERS, NamesakeStrap, make_twin
from firmware_sim.scenario.faults import FaultKind
from firmware_sim.scenario.scenario import MAX_STRAPS
from firmware_sim.strap.fleet import build_straps
from firmware_sim.strap.serials import MAX_SERIAL

T0 = 1_000_000_000


def test_only_the_name_is_borrowed() -> None:
    (other,) = build_straps(1, serial_start=0xE00, start_ns=T0)
    twin = NamesakeStrap(other, "Polar H10 51ADA001")
    said, own = twin.advertisement(T0), other.advertisement(T0)
    assert said is not None
    assert own is not None
    assert (said.local_name, said.services) == ("Polar H10 51ADA001", own.services)
    assert (twin.name, twin.serial, twin.model) == ("Polar H10 51ADA001", "51ADAE00", "h10")
    assert twin.read("2a25", T0) == b"51ADAE00"


def test_it_lives_like_any_strap() -> None:
    (other,) = build_straps(1, model="generic", start_ns=T0)
    twin = NamesakeStrap(other, "HRM")
    twin.connect(T0)
    twin.exchange_mtu(100)
    twin.subscribe("2a37", notify=True, indicate=False)
    later = T0 + 5_000_000_000
    assert twin.next_tick_ns(T0) < later
    assert {value.characteristic for value in twin.tick(later)} == {"2a37"}
    assert twin.wants_to_drop(later) is False
    twin.disconnect(later)


@pytest.mark.parametrize(
    ("kind", "name", "serial", "shares_address"),
    [
        (FaultKind.TWIN_NAME, "Polar H10 51ADA003", "51ADAE02", False),
        (FaultKind.TWIN_ADDRESS, "Polar H10 51ADAC02", "51ADAC02", True),
    ],
)
def test_a_twin_of_the_third_strap(
    kind: FaultKind, name: str, serial: str, shares_address: bool
) -> None:
    first = build_straps(3, start_ns=T0)[2]
    theirs = strap_address(1, first.serial)
    twin, address = make_twin(kind, first, theirs, 2, 1, T0)
    assert (twin.name, twin.serial, twin.model) == (name, serial, "h10")
    assert address == (theirs if shares_address else strap_address(1, serial))
    assert twin.read("2a25", T0) == serial.encode()


def test_twins_of_the_largest_fleet_are_nobody_else() -> None:
    ranges = [range(1, MAX_STRAPS + 1)]
    ranges += [range(first, first + MAX_STRAPS) for first in FIRST_NUMBERS.values()]
    assert len(set().union(*ranges)) == sum(map(len, ranges))
    assert max(map(max, ranges)) <= MAX_SERIAL
