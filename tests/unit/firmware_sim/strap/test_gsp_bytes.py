"""Layouts: movesense-commander, gsp-protocol.md and framing.test.ts."""

import struct

import numpy as np

from firmware_sim.strap.gsp_bytes import Status, encode_acceleration, encode_hello, encode_status


def test_a_status_is_little_endian() -> None:
    assert encode_status(9, Status.OK) == bytes.fromhex("0109c800")


def test_hello_has_no_status() -> None:
    assert encode_hello(5, ("A",)) == bytes.fromhex("0105024100")


def test_acceleration_is_metres_per_second_squared_from_its_first_sample() -> None:
    (value,) = encode_acceleration(3, 0x01020304, np.array([[-1000, 0, 500]], dtype=np.int64))
    assert value[:6] == bytes.fromhex("0203 04030201")
    assert struct.unpack("<3f", value[6:]) == struct.unpack(
        "<3f", struct.pack("<3f", -9.80665, 0.0, 4.903325)
    )


def test_more_than_150_bytes_go_in_two_parts() -> None:
    parts = encode_acceleration(3, 0, np.zeros((16, 3), dtype=np.int64))
    assert [len(each) for each in parts] == [152, 2 + 4 + 192 - 150]
    assert [each[:2] for each in parts] == [b"\x02\x03", b"\x03\x03"]
    assert len(encode_acceleration(3, 0, np.zeros((12, 3), dtype=np.int64))) == 1
