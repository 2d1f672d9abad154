"""Raw acceleration frames as columns: sixteen bits an axis compress well once axes lie apart."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.ingest.segments.integers import Integers, compress, decompress, pack_integers
from server.ingest.segments.integers import unpack_integers as unpack

HEADER_BYTES: Final = 10  # measurement u8, timestamp u64, frame type u8 (Polar Measurement Data)
SAMPLE_BYTES: Final = 6  # three axes of 16 bits
_RAW_16_BIT: Final = 1
_ACCELERATION: Final = 2
AXES: Final = 3

Bytes = NDArray[np.uint8]


def is_raw_frame(payload: bytes) -> bool:
    """Whether it is one of those, whole: only how it compresses hangs on it, never what it says."""
    return (
        len(payload) >= HEADER_BYTES
        and payload[0] == _ACCELERATION
        and payload[9] == _RAW_16_BIT
        and (len(payload) - HEADER_BYTES) % SAMPLE_BYTES == 0
    )


def pack_frames(frames: Sequence[bytes]) -> list[bytes]:
    """Columns: stamps, samples a frame, and each axis over all frames."""
    stamps = b"".join([frame[1:9] for frame in frames])
    n_samples = np.array([len(frame) - HEADER_BYTES for frame in frames], dtype=np.int64)
    joined = b"".join([frame[HEADER_BYTES:] for frame in frames])
    samples = np.frombuffer(joined, "<i2").reshape(-1, AXES)
    return [
        pack_integers(np.frombuffer(stamps, "<i8").astype(np.int64)),
        pack_integers(n_samples // SAMPLE_BYTES),
        *(pack_integers(samples[:, axis].astype(np.int64)) for axis in range(AXES)),
    ]


def unpack_frames(columns: Sequence[bytes]) -> list[bytes]:
    """The same frames. Raises ValueError."""
    stamps, n_samples, *axes = [unpack(column) for column in columns]
    if len(axes) != AXES or len(stamps) != len(n_samples) or (n_samples < 0).any():
        raise ValueError("columns of frames don't fit each other")
    ends = np.cumsum(n_samples)
    n_all = int(ends[-1]) if len(ends) else 0
    if any(len(axis) != n_all for axis in axes):
        raise ValueError("columns of frames don't fit each other")
    samples = np.stack(axes, axis=1).astype("<i2").view(np.uint8).ravel()
    joined = _join(stamps.astype("<i8").view(np.uint8).reshape(-1, 8), n_samples, samples)
    starts = (ends - n_samples) * SAMPLE_BYTES + HEADER_BYTES * np.arange(len(ends))
    bounds = [*starts.tolist(), len(joined)]
    return [joined[start:end] for start, end in pairwise(bounds)]


def _join(stamps: Bytes, n_samples: Integers, samples: Bytes) -> bytes:
    """All frames one after the other, put in place at once."""
    lengths = HEADER_BYTES + n_samples * SAMPLE_BYTES
    starts = np.cumsum(lengths) - lengths
    joined = np.empty(int(lengths.sum()), dtype=np.uint8)
    is_sample = np.ones(len(joined), dtype=bool)
    is_sample[starts[:, np.newaxis] + np.arange(HEADER_BYTES)] = False
    joined[is_sample] = samples
    joined[starts] = _ACCELERATION
    joined[starts[:, np.newaxis] + np.arange(1, 9)] = stamps
    joined[starts + 9] = _RAW_16_BIT
    return joined.tobytes()


def pack_others(payloads: Sequence[bytes]) -> list[bytes]:
    """Columns: lengths, and all bytes one after the other."""
    lengths = np.array([len(one) for one in payloads], dtype=np.int64)
    return [pack_integers(lengths), compress(b"".join(payloads))]


def unpack_others(columns: Sequence[bytes]) -> list[bytes]:
    """The same payloads. Raises ValueError."""
    lengths: Integers = unpack(columns[0])
    joined = decompress(columns[1])
    ends = np.cumsum(lengths)
    if (lengths < 0).any() or (int(ends[-1]) if len(ends) else 0) != len(joined):
        raise ValueError("columns of values don't fit each other")
    bounds = zip(ends.tolist(), lengths.tolist(), strict=True)
    return [joined[end - length : end] for end, length in bounds]
