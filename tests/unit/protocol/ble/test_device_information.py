import pytest

from protocol.ble.device_information import SystemId, decode_system_id, decode_text
from protocol.errors import MalformedPayloadError


def test_text_loses_its_closing_nul_bytes_and_nothing_else() -> None:
    assert decode_text(b"8AA87D20") == "8AA87D20"
    assert decode_text(b"Polar Electro Oy\x00\x00") == "Polar Electro Oy"
    assert decode_text("Käyttäjä \x00 3.1.1".encode()) == "Käyttäjä \x00 3.1.1"
    assert decode_text(b"") == ""


def test_bytes_that_are_no_utf_8_are_malformed() -> None:
    with pytest.raises(MalformedPayloadError, match="not UTF-8") as refused:
        decode_text(b"H10 \xff")
    assert refused.value.payload == b"H10 \xff"


def test_system_id_is_the_makers_number_then_its_oui() -> None:
    """Polar's OUI is A0:9E:1A; both little-endian."""
    wire = bytes.fromhex("0102030405" + "1a9ea0")
    assert decode_system_id(wire) == SystemId(0x0504030201, 0xA09E1A)
    for wrong in (wire[:7], wire + b"\x00"):
        with pytest.raises(MalformedPayloadError):
            decode_system_id(wrong)
