"""Frames of a clock as a test writes them down."""

from collections.abc import Sequence

import numpy as np

from server.decoding.clocks.frames import NS_PER_MS, FrameTimes

FIRST_STAMP_NS = 599_616_554_640_998_550  # an H10's, 554.6 s after it started in 2019 (h10_ecg)
ARRIVAL_NS = 5_000_000_000_000


def make_frames(
    stamps_ms: Sequence[float], arrivals_ms: Sequence[float], n_samples: int = 36
) -> FrameTimes:
    """Milliseconds after the first stamp, and after a moment of the gateway."""
    stamps_ns = [FIRST_STAMP_NS + round(one * NS_PER_MS) for one in stamps_ms]
    arrivals_ns = [ARRIVAL_NS + round(one * NS_PER_MS) for one in arrivals_ms]
    return FrameTimes(
        np.array(stamps_ns, dtype=np.int64),
        np.array(arrivals_ns, dtype=np.int64),
        np.full(len(stamps_ns), n_samples, dtype=np.int64),
    )


def even_ms(n_frames: int, from_ms: float = 0.0, each_ms: float = 180.0) -> list[float]:
    """Frames of 36 samples at 200 Hz that follow each other."""
    return [from_ms + each_ms * number for number in range(n_frames)]
