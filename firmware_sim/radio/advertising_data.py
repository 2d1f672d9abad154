"""Advertising data: what a strap says, as bytes on the air, and back again.

Layout: Core Specification Vol 3 Part C 11; types: Bluetooth Assigned Numbers 2.3.
"""

from dataclasses import dataclass, field

from firmware_sim.strap.strap import Advertisement
from protocol.ble.uuids import full_uuid

LEGACY_PAYLOAD_BYTES = 31  # Core Specification Vol 6 Part B 2.3.1.1

_FLAGS = 0x01
_SOME_UUIDS_16, _ALL_UUIDS_16 = 0x02, 0x03
_SOME_UUIDS_128, _ALL_UUIDS_128 = 0x06, 0x07
_SHORT_NAME, _WHOLE_NAME = 0x08, 0x09
_MANUFACTURER = 0xFF
_LE_GENERAL_ONLY = b"\x06"  # LE General Discoverable, BR/EDR not supported


@dataclass(frozen=True, slots=True)
class AirBytes:
    """An advertisement and the scan response that completes it, each ≤ 31 bytes."""

    advertisement: bytes
    scan_response: bytes


@dataclass(frozen=True, slots=True)
class AdvertisingFields:
    """What a listener understands; UUIDs are full 128-bit texts."""

    local_name: str | None = None
    service_uuids: tuple[str, ...] = ()
    manufacturer_data: dict[int, bytes] = field(default_factory=dict)  # by company id


def encode_advertisement(said: Advertisement) -> AirBytes:
    """Flags, services and maker's data go into the advertisement, the name where it fits.

    A name too long for both is cut and marked as shortened, as real straps do.
    """
    advertisement = _element(_FLAGS, _LE_GENERAL_ONLY) + _services(said.services)
    scan_response = b""
    if said.manufacturer_data:
        maker = _element(_MANUFACTURER, said.manufacturer_data)
        if len(advertisement) + len(maker) <= LEGACY_PAYLOAD_BYTES:
            advertisement += maker
        else:
            scan_response += maker
    name = _element(_WHOLE_NAME, said.local_name.encode())
    if len(advertisement) + len(name) <= LEGACY_PAYLOAD_BYTES:
        return AirBytes(advertisement + name, scan_response)
    room = LEGACY_PAYLOAD_BYTES - len(scan_response)
    if len(name) > room:
        name = _element(_SHORT_NAME, said.local_name.encode()[: room - 2])
    return AirBytes(advertisement, scan_response + name)


def decode_advertisement(data: bytes) -> AdvertisingFields:
    """What these bytes say. Total: a broken element and all after it are ignored."""
    name: str | None = None
    uuids: list[str] = []
    manufacturers: dict[int, bytes] = {}
    for kind, value in _elements(data):
        if kind in (_SHORT_NAME, _WHOLE_NAME):
            name = value.decode("utf-8", "replace")
        elif kind in (_SOME_UUIDS_16, _ALL_UUIDS_16):
            uuids += [full_uuid(each[::-1].hex()) for each in _split(value, 2)]
        elif kind in (_SOME_UUIDS_128, _ALL_UUIDS_128):
            uuids += [_dashed(each[::-1].hex()) for each in _split(value, 16)]
        elif kind == _MANUFACTURER and len(value) >= 2:
            manufacturers[int.from_bytes(value[:2], "little")] = value[2:]
    return AdvertisingFields(name, tuple(uuids), manufacturers)


def _element(kind: int, value: bytes) -> bytes:
    return bytes((len(value) + 1, kind)) + value


def _services(names: tuple[str, ...]) -> bytes:
    short = b"".join(bytes.fromhex(name)[::-1] for name in names if len(name) == 4)
    long = b"".join(bytes.fromhex(name.replace("-", ""))[::-1] for name in names if len(name) != 4)
    short_element = _element(_ALL_UUIDS_16, short) if short else b""
    return short_element + (_element(_ALL_UUIDS_128, long) if long else b"")


def _elements(data: bytes) -> list[tuple[int, bytes]]:
    found: list[tuple[int, bytes]] = []
    at = 0
    while at + 1 < len(data) and data[at]:
        end = at + 1 + data[at]
        if end > len(data):
            break
        found.append((data[at + 1], data[at + 2 : end]))
        at = end
    return found


def _split(value: bytes, size: int) -> list[bytes]:
    return [value[at : at + size] for at in range(0, len(value) - size + 1, size)]


def _dashed(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
