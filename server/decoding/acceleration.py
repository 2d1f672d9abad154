"""Acceleration frames of a strap, vectorised over a batch; equal to `protocol.ble`'s decoder.

A malformed frame is reported by its index and never takes the others with it.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from server.decoding.batch import (
    ACCELERATION,
    AXES,
    HEADER_BYTES,
    MEASUREMENT_MASK,
    AccelerationBatch,
    Columns,
    Part,
    RefusedFrame,
    SampleArray,
)
from server.decoding.delta import DELTA_FORMS, decode_delta_frames
from server.decoding.raw import BYTES_PER_AXIS, decode_raw_frames, read_timestamps

# Raised when the same bytes decode to something else: projections with an older one are rebuilt.
ACCELERATION_DECODER_VERSION = 1

# Cache-sized: so many delta frames are unpacked in one go, with 8 times their bytes in words.
_DELTA_FRAMES_AT_ONCE = 1024


def decode_joined_frames(joined: bytes, frame_bytes: int) -> AccelerationBatch:
    """Decode frames of one length that lie one after the other. The fast way.

    Raises ValueError when `joined` isn't a whole number of frames.
    """
    if frame_bytes <= 0 or len(joined) % frame_bytes:
        raise ValueError(f"{len(joined)} bytes are no whole number of {frame_bytes}-byte frames")
    if _is_uniform(joined, frame_bytes):
        return _decode_uniform(joined, frame_bytes)
    starts = range(0, len(joined), frame_bytes)
    return _decode_mixed([joined[at : at + frame_bytes] for at in starts])


def decode_frames(frames: Sequence[bytes]) -> AccelerationBatch:
    """Decode frames of any kinds and lengths, in their order."""
    lengths = set(map(len, frames))
    if len(lengths) == 1:
        joined, frame_bytes = b"".join(frames), lengths.pop()
        if _is_uniform(joined, frame_bytes):
            return _decode_uniform(joined, frame_bytes)
    return _decode_mixed(frames)


def _is_uniform(joined: bytes, frame_bytes: int) -> bool:
    """Whether these are raw acceleration frames of one form, by strides of bytes."""
    if frame_bytes < HEADER_BYTES or not joined or joined[9] not in BYTES_PER_AXIS:
        return False
    n_frames = len(joined) // frame_bytes
    return (
        joined[0] & MEASUREMENT_MASK == ACCELERATION
        and joined[::frame_bytes] == joined[:1] * n_frames
        and joined[9::frame_bytes] == joined[9:10] * n_frames
    )


def _decode_uniform(joined: bytes, frame_bytes: int) -> AccelerationBatch:
    form = joined[9]
    samples, n_samples, left_over = decode_raw_frames(joined, frame_bytes, form)
    n_frames = len(joined) // frame_bytes
    columns = _constant_columns(n_frames, n_samples, left_over, form)
    return AccelerationBatch(samples, read_timestamps(joined, frame_bytes), columns, ())


@lru_cache(maxsize=64)
def _constant_columns(n_frames: int, n_samples: int, left_over: bool, form: int) -> Columns:
    """Read-only, so that batches of one shape can share them."""
    columns = Columns(
        n_samples=np.full(n_frames, n_samples, dtype=np.int64),
        n_announced=np.full(n_frames, n_samples + left_over, dtype=np.int64),
        forms=np.full(n_frames, form, dtype=np.uint8),
        truncated=np.full(n_frames, left_over, dtype=np.bool_),
    )
    for column in (columns.n_samples, columns.n_announced, columns.forms, columns.truncated):
        column.setflags(write=False)
    return columns


def _decode_mixed(frames: Sequence[bytes]) -> AccelerationBatch:
    raw, delta, refused = _sort_by_form(frames)
    parts = [_decode_raw(frames, places) for places in raw.values()]
    for at in range(0, len(delta), _DELTA_FRAMES_AT_ONCE):
        part, reasons = _decode_delta(frames, delta[at : at + _DELTA_FRAMES_AT_ONCE])
        parts.append(part)
        refused += reasons
    n_frames = len(frames)
    heads = b"".join([frame[:HEADER_BYTES].ljust(HEADER_BYTES, b"\0") for frame in frames])
    columns = Columns(
        n_samples=np.zeros(n_frames, dtype=np.int64),
        n_announced=np.zeros(n_frames, dtype=np.int64),
        forms=np.frombuffer(heads, np.uint8)[9::HEADER_BYTES].copy(),
        truncated=np.zeros(n_frames, dtype=np.bool_),
    )
    for part in parts:
        columns.n_samples[part.places] = part.n_samples
        columns.n_announced[part.places] = part.n_announced
        columns.truncated[part.places] = part.truncated
    return AccelerationBatch(
        _interleave(parts, columns.n_samples),
        read_timestamps(heads, HEADER_BYTES),
        columns,
        tuple(sorted(refused, key=lambda frame: frame.index)),
    )


def _sort_by_form(
    frames: Sequence[bytes],
) -> tuple[dict[tuple[int, int], list[int]], list[int], list[RefusedFrame]]:
    """Places of raw frames by (form, length), places of delta frames, and the refused."""
    raw: dict[tuple[int, int], list[int]] = {}
    delta: list[int] = []
    refused: list[RefusedFrame] = []
    for place, frame in enumerate(frames):
        if len(frame) < HEADER_BYTES or frame[0] & MEASUREMENT_MASK != ACCELERATION:
            refused.append(RefusedFrame(place, _explain_head(frame)))
        elif frame[9] in DELTA_FORMS:
            delta.append(place)
        elif frame[9] in BYTES_PER_AXIS:
            raw.setdefault((frame[9], len(frame)), []).append(place)
        else:
            refused.append(RefusedFrame(place, _explain_head(frame)))
    return raw, delta, refused


def _explain_head(frame: bytes) -> str:
    if len(frame) < HEADER_BYTES:
        return f"frame shorter than its {HEADER_BYTES}-byte header"
    if frame[0] & MEASUREMENT_MASK != ACCELERATION:
        return f"measurement {frame[0] & MEASUREMENT_MASK} is not acceleration"
    return f"acceleration frame of unknown type {frame[9]:#04x}"


def _decode_raw(frames: Sequence[bytes], places: list[int]) -> Part:
    """`places` hold frames of one form and one length."""
    frame_bytes, form = len(frames[places[0]]), frames[places[0]][9]
    joined = b"".join([frames[place] for place in places])
    samples, n_samples, left_over = decode_raw_frames(joined, frame_bytes, form)
    columns = _constant_columns(len(places), n_samples, left_over, form)
    return Part(
        np.array(places), samples, columns.n_samples, columns.n_announced, columns.truncated
    )


def _decode_delta(frames: Sequence[bytes], places: list[int]) -> tuple[Part, list[RefusedFrame]]:
    found = decode_delta_frames([frames[place] for place in places])
    part = Part(
        np.array(places), found.samples, found.n_samples, found.n_announced, found.truncated
    )
    return part, [RefusedFrame(places[i], reason) for i, reason in found.reasons.items()]


def _interleave(parts: Sequence[Part], n_samples: NDArray[np.int64]) -> SampleArray:
    """Samples of all parts in the order of the batch's frames."""
    if len(parts) == 1:
        return parts[0].samples  # its places ascend, refused frames between them have no samples
    dtype = np.result_type(np.int16, *(part.samples.dtype for part in parts))
    joined = np.empty((int(n_samples.sum()), AXES), dtype=dtype)
    starts = np.cumsum(n_samples) - n_samples
    for part in parts:
        shift = starts[part.places] - (np.cumsum(part.n_samples) - part.n_samples)
        rows = np.arange(len(part.samples)) + np.repeat(shift, part.n_samples)
        joined[rows] = part.samples
    return joined
