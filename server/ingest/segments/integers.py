"""Columns of whole numbers, packed small and exactly: delta, zigzag, byte planes, zstd.

Neighbours of a column differ little, so most high bytes are zero: lying together, they vanish.
"""

import struct
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from zstandard import ZstdCompressor, ZstdDecompressor

LEVEL: Final = 3  # performance.md: 1.95 bytes a sample; higher levels win a hundredth for ten times
_HEAD: Final = struct.Struct("<QqB")  # how many, the first, bytes of a difference
_WIDTHS: Final = (1, 2, 4, 8)
MAX_UNPACKED_BYTES: Final = 256 * 1024 * 1024

Integers = NDArray[np.int64]


def pack_integers(values: Integers) -> bytes:
    """(n,) of any 64-bit values."""
    first = int(values[0]) if len(values) else 0
    with np.errstate(over="ignore"):
        differences = np.diff(values)  # wraps around, and back again
    coded = _zigzag(differences)
    width = next(one for one in _WIDTHS if not len(coded) or coded.max() >> (8 * one - 1) < 2)
    planes = coded.astype(f"<u{width}").view(np.uint8).reshape(-1, width).T
    return _HEAD.pack(len(values), first, width) + compress(planes.tobytes())


def unpack_integers(packed: bytes) -> Integers:
    """The same values. Raises ValueError for what `pack_integers` doesn't make."""
    if len(packed) < _HEAD.size:
        raise ValueError("a column is shorter than its head")
    n, first, width = _HEAD.unpack_from(packed)
    planes = decompress(packed[_HEAD.size :])
    if width not in _WIDTHS or len(planes) != max(0, n - 1) * width:
        raise ValueError("a column has another length than its head says")
    if not n:
        return np.zeros(0, dtype=np.int64)
    rows = np.frombuffer(planes, np.uint8).reshape(width, n - 1).T
    coded = np.ascontiguousarray(rows).view(f"<u{width}").ravel().astype(np.uint64)
    with np.errstate(over="ignore"):
        return np.concatenate([[np.int64(first)], np.int64(first) + np.cumsum(_unzigzag(coded))])


def compress(content: bytes) -> bytes:
    """zstd; the frame knows the content's size."""
    return _compressor().compress(content)


def decompress(packed: bytes) -> bytes:
    """Raises ValueError for what is no zstd frame, or would be larger than any segment."""
    import zstandard

    try:
        parameters = zstandard.get_frame_parameters(packed)
        if parameters.content_size > MAX_UNPACKED_BYTES:
            raise ValueError("a column would be larger than any segment")
        return _decompressor().decompress(packed)
    except zstandard.ZstdError as error:
        raise ValueError(f"a column can't be unpacked: {error}") from None


def _zigzag(values: Integers) -> NDArray[np.uint64]:
    """0, -1, 1, -2, … as 0, 1, 2, 3, …"""
    coded: Integers = (values << np.int64(1)) ^ (values >> np.int64(63))
    return coded.view(np.uint64)


def _unzigzag(coded: NDArray[np.uint64]) -> Integers:
    halves: Integers = (coded >> np.uint64(1)).view(np.int64)
    return halves ^ -(coded & np.uint64(1)).view(np.int64)


@cache
def _compressor() -> "ZstdCompressor":
    import zstandard

    return zstandard.ZstdCompressor(level=LEVEL, write_content_size=True)


@cache
def _decompressor() -> "ZstdDecompressor":
    import zstandard

    return zstandard.ZstdDecompressor()
