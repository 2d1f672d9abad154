"""Whether a stored segment is what was written; a single bit that flipped is put right.

CRC-32 says which bit it would have to be, SHA-256 whether that was all (promise A9).
"""

import hashlib
import zlib
from collections.abc import Iterator

_CRC_POLYNOMIAL = 0xEDB88320  # reflected CRC-32 of IEEE 802.3, as zlib's
_SHA256_BITS_FORGIVEN = 1  # the stored hash itself may have lost one


def hash_body(body: bytes) -> tuple[bytes, int]:
    """SHA-256 and CRC-32 of a segment's bytes."""
    return hashlib.sha256(body).digest(), zlib.crc32(body)


def read_checked(body: bytes, sha256: bytes, crc32: int) -> bytes | None:
    """The bytes as they were written, or None when more than one bit of them changed."""
    if _is_same(body, sha256):
        return body
    place = _find_flipped_bit(len(body), zlib.crc32(body) ^ crc32)
    if place is None:
        return None
    mended = bytearray(body)
    mended[place // 8] ^= 1 << place % 8
    return bytes(mended) if _is_same(bytes(mended), sha256) else None


def _is_same(body: bytes, sha256: bytes) -> bool:
    found = int.from_bytes(hashlib.sha256(body).digest())
    n_different = (found ^ int.from_bytes(sha256)).bit_count()
    return n_different <= _SHA256_BITS_FORGIVEN and len(sha256) == hashlib.sha256().digest_size


def _find_flipped_bit(n_bytes: int, syndrome: int) -> int | None:
    """Which bit (byte times eight, and its weight), flipped, would change the CRC like that."""
    for place, change in _iterate_changes(n_bytes):
        if change == syndrome:
            return place
    return None


def _iterate_changes(n_bytes: int) -> Iterator[tuple[int, int]]:
    """What each bit changes in the CRC of that many bytes, from the last byte to the first.

    A bit that is one earlier in the stream is shifted through the register once more.
    """
    change = _CRC_POLYNOMIAL  # of the last byte's highest bit: it leaves the register last
    for byte in range(n_bytes - 1, -1, -1):
        for bit in range(7, -1, -1):
            yield 8 * byte + bit, change
            change = (change >> 1) ^ (_CRC_POLYNOMIAL if change & 1 else 0)
