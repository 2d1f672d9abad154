"""Raw acceleration frames of one form and one length, all at once."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from server.decoding.batch import AXES, HEADER_BYTES, SampleArray

_INT16 = np.dtype("<i2")
BYTES_PER_AXIS = {0x00: 1, 0x01: 2, 0x02: 3}  # form (byte 9) -> bytes; 0x01 is the H10's


def decode_raw_frames(joined: bytes, frame_bytes: int, form: int) -> tuple[SampleArray, int, bool]:
    """Counts (F * n, 3) of F joined frames, n, and whether bytes were left over in each."""
    size = BYTES_PER_AXIS[form]
    n_samples, left_over = divmod(frame_bytes - HEADER_BYTES, AXES * size)
    if n_samples == 0:
        return np.zeros((0, AXES), dtype=np.int16), 0, left_over > 0
    layout = _layout(frame_bytes, n_samples * AXES * size)
    # One field of records: numpy copies it as one piece of memory a frame.
    content = np.frombuffer(joined, layout)["content"].copy()
    return _widen(content, size).reshape(-1, AXES), n_samples, left_over > 0


def read_timestamps(joined: bytes, frame_bytes: int) -> NDArray[np.uint64]:
    """The strap's clock at the last sample of each of the joined frames."""
    return np.frombuffer(joined, _layout(frame_bytes, 0))["timestamp"].copy()


@lru_cache(maxsize=64)
def _layout(frame_bytes: int, content_bytes: int) -> np.dtype[np.void]:
    return np.dtype(
        {
            "names": ["timestamp", "content"],
            "formats": ["<u8", f"V{content_bytes}"],
            "offsets": [1, min(HEADER_BYTES, frame_bytes)],
            "itemsize": frame_bytes,
        }
    )


def _widen(content: NDArray[np.void], size: int) -> SampleArray:
    if size == 2:
        return content.view(_INT16)
    if size == 1:
        return content.view(np.int8).astype(np.int16)
    octets = content.view(np.uint8).reshape(-1, size)
    wide = np.zeros((len(octets), 4), dtype=np.uint8)
    wide[:, 1:] = octets
    return wide.view("<i4") >> 8  # the upper three bytes, sign and all
