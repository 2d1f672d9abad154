"""Device Information of the two models."""

from firmware_sim.strap.device_information import (
    encode_system_id,
    generic_information,
    h10_information,
)
from protocol.ble import uuids


def test_an_h10_has_all_seven() -> None:
    information = h10_information("51ADA001")
    assert len(information) == 7
    assert information[uuids.SERIAL_NUMBER] == b"51ADA001"
    assert information[uuids.MANUFACTURER_NAME].rstrip(b"\0") == b"Polar Electro Oy"
    assert information[uuids.MODEL_NUMBER].rstrip(b"\0") == b"H10"


def test_the_version_is_in_software_and_firmware_says_five() -> None:
    information = h10_information("51ADA001")
    assert information[uuids.FIRMWARE_REVISION] == b"5.0.0"
    assert information[uuids.SOFTWARE_REVISION].startswith(b"3.")


def test_a_generic_strap_has_no_system_id() -> None:
    assert uuids.SYSTEM_ID not in generic_information("51ADA002")


def test_system_id_of_an_address() -> None:
    """Device Information Service 1.1, 3.9: company part in the high octets, FF FE between."""
    made = encode_system_id(bytes.fromhex("123456 9abcde"))
    assert made == bytes.fromhex("debc9a feff 563412")
