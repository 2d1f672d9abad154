"""The moment of each sample from the moments of the frames' last ones, in whole nanoseconds."""

import numpy as np

from server.decoding.clocks.frames import Flags, Ints
from server.decoding.clocks.spacing import Spacing


def compute_sample_times(ends_ns: Ints, n_samples: Ints, follows: Flags, spacing: Spacing) -> Ints:
    """Moments (N,) of all samples of F frames; those of frame i end at `ends_ns[i]` exactly.

    A frame that `follows` lies evenly after the one before; any other is counted back from its
    end at the spacing. Every moment is rounded half up on its own, so nothing adds up
    (the same as `protocol.ble.pmd.timing`, frame by frame).
    """
    frame = np.repeat(np.arange(ends_ns.size), n_samples)
    last = np.cumsum(n_samples) - 1
    n_back = last[frame] - np.arange(frame.size)
    ways_ns = np.diff(ends_ns, prepend=ends_ns[:1])
    even = (2 * n_back * ways_ns[frame] + n_samples[frame]) // (2 * n_samples[frame])
    counted = spacing.span_ns(n_back)
    times_ns: Ints = ends_ns[frame] - np.where(follows[frame], even, counted)
    return times_ns
