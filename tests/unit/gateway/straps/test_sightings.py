"""Addresses are evidence: each is noticed once, and for how long it was heard."""

from bleak.backends.device import BLEDevice

from gateway.straps.sightings import HEARD_VALID_NS, RSSI_VALID_NS, Sightings

DEVICE = BLEDevice("AA:00", "Polar H10 51ADA001", None)


def test_d6_an_address_is_new_once() -> None:
    sightings = Sightings()
    seen = [sightings.add(address, DEVICE, -60, 0) for address in ("a", "a", "b", "b", "a")]
    assert seen == [True, False, True, False, False]


def test_an_old_signal_strength_says_nothing() -> None:
    sightings = Sightings()
    assert sightings.rssi_dbm(0) is None
    sightings.add("a", DEVICE, -60, 5)
    assert sightings.rssi_dbm(5 + RSSI_VALID_NS) == -60
    assert sightings.rssi_dbm(6 + RSSI_VALID_NS) is None


def test_d6_who_was_heard_lately_is_there() -> None:
    sightings = Sightings()
    sightings.add("a", DEVICE, -60, 0)
    sightings.add("b", DEVICE, -60, 5)
    assert sightings.heard_lately(HEARD_VALID_NS) == {"a", "b"}
    assert sightings.heard_lately(5 + HEARD_VALID_NS) == {"b"}
    assert sightings.heard_lately(6 + HEARD_VALID_NS) == frozenset()


def test_d6_each_address_leads_to_its_own_device() -> None:
    sightings = Sightings()
    other = BLEDevice("BB:00", None, None)
    sightings.add("a", DEVICE, -60, 0)
    sightings.add("b", other, -60, 0)
    assert (sightings.device_at("a"), sightings.device_at("b")) == (DEVICE, other)
    assert sightings.device_at(None) is None
