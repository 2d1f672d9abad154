import pytest

from protocol.ble.pmd.header import FrameHeader, decode_header
from protocol.errors import MalformedPayloadError

# 599618164814402794 ns: polar-ble-sdk, online_measurement.pdf, the H10's acceleration frame.
STAMP = "ea54a2428b455208"


def test_fields_are_where_the_document_puts_them() -> None:
    wire = bytes.fromhex("02" + STAMP + "81")
    assert decode_header(wire) == FrameHeader(2, 599618164814402794, True, 1)
    assert decode_header(wire + b"\xff").form == "0x81"


def test_the_two_upper_bits_of_a_measurement_are_no_part_of_it() -> None:
    assert decode_header(bytes.fromhex("c2" + STAMP + "01")).measurement == 2


def test_a_raw_frame_has_its_type_in_seven_bits() -> None:
    header = decode_header(bytes.fromhex("00" + STAMP + "7f"))
    assert (header.compressed, header.frame_type, header.form) == (False, 127, "0x7f")


def test_stamps_are_unsigned() -> None:
    assert decode_header(b"\x02" + b"\xff" * 8 + b"\x01").timestamp_ns == 2**64 - 1


def test_nine_bytes_are_no_header() -> None:
    with pytest.raises(MalformedPayloadError, match="10-byte header"):
        decode_header(bytes(9))
