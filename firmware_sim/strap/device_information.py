"""Device Information 0x180A as each model fills it in."""

from collections.abc import Mapping

from protocol.ble import uuids

# SIMULATED stands in the hardware revision, where no program looks for a version.
_HARDWARE = "SIMULATED"


def h10_information(serial: str) -> Mapping[str, bytes]:
    """An H10's seven values. Trap: firmware says 5.0.0 for ever, the version is in software."""
    return {
        uuids.MANUFACTURER_NAME: b"Polar Electro Oy\x00",
        uuids.MODEL_NUMBER: b"H10\x00",
        uuids.SERIAL_NUMBER: serial.encode(),
        uuids.HARDWARE_REVISION: _HARDWARE.encode(),
        uuids.FIRMWARE_REVISION: b"5.0.0",
        uuids.SOFTWARE_REVISION: b"3.3.1",
        uuids.SYSTEM_ID: encode_system_id(bytes.fromhex("a09e1a") + bytes.fromhex(serial[-6:])),
    }


def verity_information(serial: str, version: str) -> Mapping[str, bytes]:
    """A Verity Sense's seven values."""
    return {
        uuids.MANUFACTURER_NAME: b"Polar Electro Oy",
        uuids.MODEL_NUMBER: b"Polar Sense",
        uuids.SERIAL_NUMBER: serial.encode(),
        uuids.HARDWARE_REVISION: _HARDWARE.encode(),
        uuids.FIRMWARE_REVISION: version.encode(),
        uuids.SOFTWARE_REVISION: version.encode(),
        uuids.SYSTEM_ID: encode_system_id(bytes.fromhex("a09e1a") + bytes.fromhex(serial[-6:])),
    }


def movesense_information(serial: str) -> Mapping[str, bytes]:
    """A Movesense's values; no system id."""
    return {
        uuids.MANUFACTURER_NAME: b"Movesense",
        uuids.MODEL_NUMBER: b"Movesense",
        uuids.SERIAL_NUMBER: serial.encode(),
        uuids.HARDWARE_REVISION: _HARDWARE.encode(),
        uuids.FIRMWARE_REVISION: b"2.3.1",
        uuids.SOFTWARE_REVISION: b"2.3.1",
    }


def generic_information(serial: str) -> Mapping[str, bytes]:
    """A strap by nobody in particular; no system id."""
    return {
        uuids.MANUFACTURER_NAME: b"Heart Rate Straps",
        uuids.MODEL_NUMBER: b"HR-1",
        uuids.SERIAL_NUMBER: serial.encode(),
        uuids.HARDWARE_REVISION: _HARDWARE.encode(),
        uuids.FIRMWARE_REVISION: b"1.4",
        uuids.SOFTWARE_REVISION: b"1.4",
    }


def encode_system_id(address: bytes) -> bytes:
    """System ID 0x2A23 of a 48-bit address: its halves around FF FE, least significant first."""
    return (address[:3] + b"\xff\xfe" + address[3:])[::-1]
