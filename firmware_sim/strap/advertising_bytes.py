"""Polar's manufacturer data: heart rate for everyone, without a connection (polar-ble-sdk)."""

POLAR_COMPANY = bytes.fromhex("6b00")  # Bluetooth company identifier 0x006B
# A data block as it stands before the heart rate in polar-ble-sdk's BleAdvertisementContentTest.
_DATA_BLOCK = bytes.fromhex("7a0103")
_BATTERY_LOW = 0x01
_CONTACT = 0x02
_COUNTER_SHIFT = 2
_COUNTER_MASK = 0x07
_BROADCAST_ON = 0x20


def encode_polar_heart_rate(
    *, fast_bpm: int, slow_bpm: int, contact: bool, battery_low: bool, frame_counter: int
) -> bytes:
    """Company id, one data block, and the heart-rate element.

    `fast_bpm` and `slow_bpm` (0 to 255) are averages over a short and a long time; a changed
    `frame_counter` (its low 3 bits are sent) tells listeners that they are new.
    """
    flags = _BROADCAST_ON
    flags |= _BATTERY_LOW if battery_low else 0
    flags |= _CONTACT if contact else 0
    flags |= (frame_counter & _COUNTER_MASK) << _COUNTER_SHIFT
    no_5khz_code = 0
    return POLAR_COMPANY + _DATA_BLOCK + bytes((flags, no_5khz_code, fast_bpm, slow_bpm))
