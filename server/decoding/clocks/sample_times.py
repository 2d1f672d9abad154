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
    ends = np.repeat(ends_ns, n_samples)
    n_back = np.repeat(np.cumsum(n_samples) - 1, n_samples) - np.arange(ends.size)
    ways_ns = np.repeat(np.diff(ends_ns, prepend=ends_ns[:1]), n_samples)
    # Frames are mostly of one length: dividing by one number takes a quarter of the time.
    is_one = bool((n_samples == n_samples[0]).all())
    n_of = n_samples[0] if is_one else np.repeat(n_samples, n_samples)
    times_ns: Ints = ends - (2 * n_back * ways_ns + n_of) // (2 * n_of)
    counted = np.flatnonzero(np.repeat(~follows, n_samples))
    times_ns[counted] = ends[counted] - spacing.span_ns(n_back[counted])
    return times_ns
