"""Delta-compressed acceleration frames (0x80, 0x81), many at once, equal to `protocol.ble`.

A frame's reference sample reads like one more block: one difference, 16 bits wide, from nothing.
So every frame is a row of blocks; all blocks of a batch are unpacked in one pass, and one running
sum restores the counts once each reference is lowered by what the frame before has summed up to.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from server.decoding.batch import AXES, HEADER_BYTES, SampleArray
from server.decoding.walk import REFERENCE_BITS, BlockHeads, Ints, Octets, walk_blocks

DELTA_FORMS = (0x80, 0x81)
# Up to here three differences and a bit offset fit one 64-bit word: 3 * 19 + 7 = 64.
_NARROW_BITS = 19
_WORD_BYTES = 8
# With differences of 16 bits a frame needs this many samples before a sum can leave 32 bits.
_INT32_SAFE_SAMPLES = 32_767


@dataclass(frozen=True, slots=True)
class DeltaFrames:
    """One entry a frame; a refused one has a reason and no samples."""

    samples: SampleArray
    n_samples: Ints
    n_announced: Ints
    truncated: NDArray[np.bool_]
    reasons: dict[int, str]


def decode_delta_frames(frames: list[bytes]) -> DeltaFrames:
    """Counts of compressed frames, each given with its header of 10 bytes."""
    ends = np.cumsum(np.fromiter(map(len, frames), np.int64, len(frames)))
    starts = np.concatenate([[0], ends[:-1]])
    octets = np.frombuffer(b"".join([*frames, bytes(HEADER_BYTES + _WORD_BYTES)]), np.uint8)
    walk = walk_blocks(octets, starts, ends)
    n_samples = np.zeros(len(frames), dtype=np.int64)
    if walk.heads.frames.size:
        np.add.at(n_samples, walk.heads.frames, walk.heads.n_kept)
    samples = _sum_up(octets, n_samples, walk.heads)
    return DeltaFrames(samples, n_samples, walk.n_announced, walk.truncated, walk.reasons)


def _sum_up(octets: Octets, n_samples: Ints, heads: BlockHeads) -> SampleArray:
    """Counts (N, 3) of all frames, one after the other; axes lie apart in memory."""
    rows = _unpack(octets, heads)
    safe = n_samples.max(initial=0) <= _INT32_SAFE_SAMPLES and rows.dtype == np.int32
    columns = rows if safe else rows.astype(np.int64)
    kept = n_samples[n_samples > 0]
    if kept.size > 1:
        firsts = np.cumsum(kept) - kept
        sums = np.add.reduceat(columns, firsts, axis=1, dtype=columns.dtype)
        columns[:, firsts[1:]] -= sums[:, :-1]
    np.cumsum(columns, axis=1, out=columns)
    return columns.T


def _unpack(octets: Octets, heads: BlockHeads) -> NDArray[np.signedinteger]:
    """Signed differences (3, N), in the order of blocks; 32 bits wide where they fit."""
    # Every byte position as the 64-bit word that starts there; aligned, for a fast gather.
    words = np.ndarray((octets.size - _WORD_BYTES + 1,), "<i8", octets.data, strides=(1,)).copy()
    before = np.cumsum(heads.n_kept) - heads.n_kept
    step = heads.bits * AXES
    at_bits = np.repeat(heads.bit_starts - before * step, heads.n_kept)
    at_bits += np.arange(at_bits.size) * np.repeat(step, heads.n_kept)
    bits = np.repeat(heads.bits, heads.n_kept)
    widest = heads.bits.max(initial=0)
    dtype = np.int32 if widest <= REFERENCE_BITS else np.int64
    columns = np.empty((AXES, at_bits.size), dtype=dtype)
    right = 64 - bits
    word = words.take(at_bits >> 3)
    left = right - (at_bits & 7)
    for axis in range(AXES):
        # Up to the top bit and down again: the sign follows. A width of 0 shifts by 64: 0.
        columns[axis] = np.right_shift(np.left_shift(word, left), right)
        if widest <= _NARROW_BITS:
            left -= bits
        else:
            at_bits += bits
            word = words.take(at_bits >> 3)
            left = right - (at_bits & 7)
    return columns
