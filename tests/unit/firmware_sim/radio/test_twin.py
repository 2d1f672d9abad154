"""A namesake shares nothing but the name."""

from firmware_sim.radio.twin import NamesakeStrap
from firmware_sim.strap.fleet import build_straps

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
