import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.ingest.segments.integrity import hash_body, read_checked

BODY = bytes(range(256)) * 4
SHA256 = hashlib.sha256(BODY).digest()
CRC32 = zlib.crc32(BODY)


def flip(body: bytes, *bits: int) -> bytes:
    flipped = bytearray(body)
    for bit in bits:
        flipped[bit // 8] ^= 1 << bit % 8
    return bytes(flipped)


def test_what_nothing_happened_to() -> None:
    assert hash_body(BODY) == (SHA256, CRC32)
    assert read_checked(BODY, SHA256, CRC32) == BODY


@given(st.integers(0, 8 * len(BODY) - 1))
def test_one_flipped_bit_is_put_right(bit: int) -> None:
    assert read_checked(flip(BODY, bit), SHA256, CRC32) == BODY


@given(st.sets(st.integers(0, 8 * len(BODY) - 1), min_size=2, max_size=5))
def test_more_are_refused(bits: set[int]) -> None:
    assert read_checked(flip(BODY, *bits), SHA256, CRC32) is None


@pytest.mark.parametrize("bit", [0, 77, 255])
def test_a_bit_of_the_stored_hash_itself_costs_nothing(bit: int) -> None:
    assert read_checked(BODY, flip(SHA256, bit), CRC32) == BODY
    assert read_checked(BODY, flip(SHA256, bit, bit ^ 1), CRC32) is None


@pytest.mark.parametrize("bit", range(32))
def test_a_bit_of_the_stored_checksum_costs_nothing(bit: int) -> None:
    assert read_checked(BODY, SHA256, CRC32 ^ 1 << bit) == BODY


@pytest.mark.parametrize("body", [b"", BODY[:-1], BODY + b"\0", BODY[1:]])
def test_other_bytes_are_refused(body: bytes) -> None:
    assert read_checked(body, SHA256, CRC32) is None
    assert read_checked(BODY, SHA256[:-1], CRC32) is None
