"""Addresses are evidence: a second one is noticed once."""

from bleak.backends.device import BLEDevice

from gateway.straps.sightings import RIVAL_VALID_NS, RSSI_VALID_NS, Sightings


def test_d6_a_second_address_is_new_once() -> None:
    sightings = Sightings()
    seen = [
        sightings.add(BLEDevice(address, "Polar H10 51ADA001", None), -60, 0)
        for address in ("AA", "AA", "BB", "BB", "AA")
    ]
    assert seen == [False, False, True, False, False]


def test_an_old_signal_strength_says_nothing() -> None:
    sightings = Sightings()
    assert sightings.rssi_dbm(0) is None
    sightings.add(BLEDevice("AA", None, None), -60, 5)
    assert sightings.rssi_dbm(5 + RSSI_VALID_NS) == -60
    assert sightings.rssi_dbm(6 + RSSI_VALID_NS) is None


def test_d6_a_rival_is_another_address_heard_lately() -> None:
    sightings = Sightings()
    sightings.add(BLEDevice("AA", None, None), -60, 0)
    assert not sightings.has_rival("AA", 0)
    sightings.add(BLEDevice("BB", None, None), -60, 5)
    assert sightings.has_rival("AA", 5 + RIVAL_VALID_NS)
    assert not sightings.has_rival("AA", 6 + RIVAL_VALID_NS)
    assert not sightings.has_rival(None, 5)


def test_d6_each_address_leads_to_its_own_device() -> None:
    sightings = Sightings()
    first, second = BLEDevice("AA", None, None), BLEDevice("BB", None, None)
    sightings.add(first, -60, 0)
    sightings.add(second, -60, 0)
    assert (sightings.device_at("AA"), sightings.device_at("BB")) == (first, second)
    assert sightings.device_at(None) is None
