"""Compressed samples as a Verity Sense writes them (online_measurement.pdf, delta frames).

A reference sample, then blocks `[bits][count][deltas]`; deltas lie in one little-endian string of
bits, sample by sample, and each block ends at a byte border.
"""

import numpy as np

from firmware_sim.strap.wearer import IntArray

REFERENCE_BYTES = 2  # of each channel: 16-bit resolution
_BLOCK_HEAD_BYTES = 2
_SAMPLES_PER_BLOCK = 30  # a captured frame has blocks of 29; what real firmware aims at isn't known


def encode_delta(samples: IntArray, room_bytes: int) -> tuple[int, bytes]:
    """As many of the samples, (n, channels), as fit into `room_bytes`: their number, and the bytes.

    Raises OverflowError if the first sample doesn't fit into 16 bit.
    """
    content = b"".join(int(v).to_bytes(REFERENCE_BYTES, "little", signed=True) for v in samples[0])
    deltas = np.diff(samples, axis=0)
    taken = 0
    while taken < len(deltas):
        block = deltas[taken : taken + _SAMPLES_PER_BLOCK]
        bits = _bits_needed(block)
        fit = (room_bytes - len(content) - _BLOCK_HEAD_BYTES) * 8 // (bits * block.shape[1])
        if fit < 1:
            break
        block = block[:fit]
        content += bytes((bits, len(block))) + _pack(block, bits)
        taken += len(block)
    return 1 + taken, content


def _bits_needed(deltas: IntArray) -> int:
    """Width of the widest delta in two's complement; never 1, which decoders disagree about."""
    widest = max(int(deltas.max()), -int(deltas.min()) - 1, 1)
    return widest.bit_length() + 1


def _pack(deltas: IntArray, bits: int) -> bytes:
    places = np.arange(bits, dtype=np.int64)
    each_bit = (deltas.reshape(-1, 1) >> places) & 1
    return np.packbits(each_bit.astype(np.uint8), bitorder="little").tobytes()
