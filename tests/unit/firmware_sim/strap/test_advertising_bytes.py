"""Layout: polar-ble-sdk, BleAdvertisementContentTest (its vector 33 00 00 is one of our cases)."""

from firmware_sim.strap.advertising_bytes import encode_polar_heart_rate


def test_company_block_and_element() -> None:
    made = encode_polar_heart_rate(
        fast_bpm=72, slow_bpm=70, contact=True, battery_low=False, frame_counter=0
    )
    assert made == bytes.fromhex("6b00 7a0103 22 00 48 46")


def test_flags_of_the_vendors_vector() -> None:
    """Battery low, contact, counter 4, broadcast on: 33."""
    made = encode_polar_heart_rate(
        fast_bpm=0, slow_bpm=0, contact=True, battery_low=True, frame_counter=4
    )
    assert made[5:7] == bytes.fromhex("3300")


def test_the_counter_keeps_its_three_bits() -> None:
    made = [
        encode_polar_heart_rate(
            fast_bpm=60, slow_bpm=60, contact=False, battery_low=False, frame_counter=counter
        )[5]
        for counter in (7, 8)
    ]
    assert made == [0x3C, 0x20]
