"""What an advertisement tells about a strap: model and serial from its name, Polar's heart rate.

Source of the manufacturer data: polar-ble-sdk, BleAdvertisementContent and BlePolarHrAdvertisement.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from protocol.errors import MalformedPayloadError

POLAR_COMPANY = 0x006B  # Bluetooth SIG company identifier of Polar Electro Oy
COMPANY_BYTES = 2

# First byte of an element of Polar's data.
_DATA_BLOCK = 0x40  # a length byte and that many bytes follow; otherwise it is the heart rate
_BATTERY_LOW, _CONTACT, _BROADCAST, _STATUS = 0x01, 0x02, 0x20, 0x80

_POLAR_NAME = re.compile(r"Polar (?P<model>\S.*) (?P<serial>[0-9A-Fa-f]{8})")
# Any other maker: the last word is the serial if it has a digit and could be one.
_OTHER_NAME = re.compile(r"(?P<model>\S.*) (?P<serial>(?=\S*[0-9])[0-9A-Za-z][0-9A-Za-z._-]{1,31})")


@dataclass(frozen=True, slots=True)
class StrapName:
    """`serial` in capitals: the identity, together with the serial that the strap itself tells."""

    model: str
    serial: str


@dataclass(frozen=True, slots=True)
class BroadcastHeartRate:
    """Polar's heart-rate element. `frame_counter` (0 to 7) changes with each new value."""

    battery_low: bool
    contact: bool
    frame_counter: int
    broadcast: bool
    status: int
    khz_code: int
    fast_bpm: int
    slow_bpm: int | None

    @property
    def bpm(self) -> int:
        """The value that the maker's own library shows: the slow average where there is one."""
        return self.fast_bpm if self.slow_bpm is None else self.slow_bpm


@dataclass(frozen=True, slots=True)
class StrapSeen:
    """One advertisement. What it doesn't tell is None; `undecodable` says why heart rate isn't."""

    name: str | None
    services: tuple[str, ...]
    model: str | None
    serial: str | None
    heart_rate: BroadcastHeartRate | None
    undecodable: str | None = None


def decode_name(name: str | None) -> StrapName | None:
    """Model and serial in an advertised name, or None if it holds none."""
    text = (name or "").strip("\x00 ")
    match = _POLAR_NAME.fullmatch(text) or _OTHER_NAME.fullmatch(text)
    return StrapName(match["model"].strip(), match["serial"].upper()) if match else None


def describe_strap(
    name: str | None, services: Iterable[str], manufacturer_data: Mapping[int, bytes]
) -> StrapSeen:
    """All that an advertisement tells; never raises, since a name is worth having without the rest.

    `manufacturer_data`: company identifier -> bytes after it, as radios report it.
    """
    known = decode_name(name)
    heart_rate, undecodable = None, None
    try:
        heart_rate = decode_polar_elements(manufacturer_data.get(POLAR_COMPANY, b""))
    except MalformedPayloadError as error:
        undecodable = error.reason
    return StrapSeen(
        name=name,
        services=tuple(services),
        model=known.model if known else None,
        serial=known.serial if known else None,
        heart_rate=heart_rate,
        undecodable=undecodable,
    )


def decode_manufacturer_data(payload: bytes) -> tuple[int, BroadcastHeartRate | None]:
    """Company identifier (first two bytes) and, for Polar, the heart rate if there is one.

    Raises MalformedPayloadError.
    """
    if len(payload) < COMPANY_BYTES:
        raise MalformedPayloadError("manufacturer data without a company identifier", payload)
    company = int.from_bytes(payload[:COMPANY_BYTES], "little")
    if company != POLAR_COMPANY:
        return company, None
    return company, decode_polar_elements(payload[COMPANY_BYTES:])


def decode_polar_elements(payload: bytes) -> BroadcastHeartRate | None:
    """The heart rate among the elements after Polar's company identifier, or None.

    Raises MalformedPayloadError for an element longer than what is left.
    """
    at = 0
    while at < len(payload):
        if not payload[at] & _DATA_BLOCK:
            return decode_heart_rate_element(payload[at:])
        end = at + 2 + payload[at + 1] if at + 1 < len(payload) else len(payload) + 1
        if end > len(payload):
            raise MalformedPayloadError("data block longer than the advertisement", payload)
        at = end
    return None


def decode_heart_rate_element(payload: bytes) -> BroadcastHeartRate:
    """Decode Polar's heart-rate element; it reaches to the end. Raises MalformedPayloadError."""
    if len(payload) < 3:
        raise MalformedPayloadError("heart-rate element shorter than 3 bytes", payload)
    first = payload[0]
    return BroadcastHeartRate(
        battery_low=bool(first & _BATTERY_LOW),
        contact=bool(first & _CONTACT),
        frame_counter=first >> 2 & 0x07,
        broadcast=bool(first & _BROADCAST),
        status=first >> 7,
        khz_code=payload[1],
        fast_bpm=payload[2],
        slow_bpm=payload[3] if len(payload) > 3 else None,
    )
