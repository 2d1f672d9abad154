"""Heart Rate Service 1.0: Heart Rate Measurement (0x2A37) and Body Sensor Location (0x2A38)."""

import struct
from dataclasses import dataclass
from enum import IntEnum

from protocol.errors import MalformedPayloadError

RR_TICKS_PER_SECOND = 1024  # Heart Rate Service 1.0: RR-Interval resolution 1/1024 s

# Byte 0, Heart Rate Service 1.0; bits 5 to 7 are reserved and say nothing.
WIDE_HEART_RATE = 0x01
CONTACT_DETECTED = 0x02
CONTACT_SUPPORTED = 0x04
ENERGY_PRESENT = 0x08
RR_PRESENT = 0x10


@dataclass(frozen=True, slots=True)
class HeartRateMeasurement:
    """One notification. `contact` is None when the strap says that it can't tell.

    `bpm` 0 and a tick count of 0 are legal and mean "no data". `rr_ticks` is oldest first.
    `trailing_bytes` counts bytes after the last field that fit no field.
    """

    flags: int
    bpm: int
    contact: bool | None
    energy_kj: int | None  # since the last reset; sticks at 65535
    rr_ticks: tuple[int, ...]  # 1/1024 s each
    trailing_bytes: int

    @property
    def rr_ms(self) -> tuple[float, ...]:
        """RR intervals in milliseconds, unrounded."""
        return tuple(ticks * 1000 / RR_TICKS_PER_SECOND for ticks in self.rr_ticks)


class BodySensorLocation(IntEnum):
    """0x2A38, one octet; other values are reserved."""

    OTHER = 0
    CHEST = 1
    WRIST = 2
    FINGER = 3
    HAND = 4
    EAR_LOBE = 5
    FOOT = 6


def decode_heart_rate_measurement(payload: bytes) -> HeartRateMeasurement:
    """Decode 0x2A37. Raises MalformedPayloadError when a flagged field is missing."""
    if len(payload) < 2:
        raise MalformedPayloadError("heart rate measurement shorter than 2 bytes", payload)
    flags = payload[0]
    offset = 3 if flags & WIDE_HEART_RATE else 2
    energy_at = offset
    if flags & ENERGY_PRESENT:
        offset += 2
    if len(payload) < offset:
        raise MalformedPayloadError(
            f"flags {flags:#04x} announce {offset} bytes of fields, there are {len(payload)}",
            payload,
        )
    rr_end = offset
    if flags & RR_PRESENT:
        rr_end += (len(payload) - offset) // 2 * 2
    return HeartRateMeasurement(
        flags=flags,
        bpm=int.from_bytes(payload[1:energy_at], "little"),
        contact=_contact(flags),
        energy_kj=(
            int.from_bytes(payload[energy_at:offset], "little") if offset > energy_at else None
        ),
        rr_ticks=struct.unpack_from(f"<{(rr_end - offset) // 2}H", payload, offset),
        trailing_bytes=len(payload) - rr_end,
    )


def _contact(flags: int) -> bool | None:
    if not flags & CONTACT_SUPPORTED:
        return None  # bit 1 means nothing then, whatever it holds
    return bool(flags & CONTACT_DETECTED)


def decode_body_sensor_location(payload: bytes) -> BodySensorLocation:
    """Decode 0x2A38. Raises MalformedPayloadError for reserved values."""
    if len(payload) != 1:
        raise MalformedPayloadError("body sensor location is not 1 byte", payload)
    if payload[0] > max(BodySensorLocation):
        raise MalformedPayloadError(f"body sensor location {payload[0]} is reserved", payload)
    return BodySensorLocation(payload[0])
