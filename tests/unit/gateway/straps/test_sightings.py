"""Addresses are evidence: a second one is noticed once."""

from bleak.backends.device import BLEDevice

from gateway.straps.sightings import RSSI_VALID_NS, Sightings


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
