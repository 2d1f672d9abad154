"""No form of a Bluetooth address survives, nor a strap's name; the rest of a sentence does."""

import pytest

from gateway.straps.redaction import hide_devices, hide_hardware_addresses


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A0:9E:1A:8A:A8:7D not found", "(address) not found"),
        ("device a0:9e:1a:8a:a8:7d.", "device (address)."),
        ("/hci0/dev_A0_9E_1A_8A_A8_7D/service0010", "/hci0/(address)/service0010"),
        ("A0-9E-1A-8A-A8-7D", "(address)"),
        ("5D2E4C1F-8A3B-4E6D-9F70-1B2C3D4E5F60 is gone", "(address) is gone"),
        ("A0:9E:1A:8A:A8:7D, A0:9E:1A:8A:A8:7E", "(address), (address)"),
        ("Polar H10 8C4CAD2F: no answer", "(strap): no answer"),
        ("Polar Verity Sense 8c4cad2f", "(strap)"),
        ("Movesense 213930000123", "(strap)"),
        ("BLEDevice(A0:9E:1A:8A:A8:7D, TICKR 1A2B) is gone", "(strap) is gone"),
        ("strap 51ADA001: silent", "strap 51ADA001: silent"),  # the roster's own word for it
        ("[org.bluez.Error.Failed] ATT error: 0x0e", "[org.bluez.Error.Failed] ATT error: 0x0e"),
        ("00002a37-0000-1000-8000-00805f9b34fb", "00002a37-0000-1000-8000-00805f9b34fb"),
    ],
)
def test_devices_are_hidden_and_nothing_else(text: str, shown: str) -> None:
    assert hide_devices(text) == shown


def test_in_our_own_sentences_a_uuid_is_an_epoch() -> None:
    text = "epoch 5D2E4C1F-8A3B-4E6D-9F70-1B2C3D4E5F60 from A0:9E:1A:8A:A8:7D"
    assert hide_hardware_addresses(text).endswith("-1B2C3D4E5F60 from (address)")
