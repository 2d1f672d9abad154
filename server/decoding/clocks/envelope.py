"""The lower envelope of arrival minus stamp, under a limit to how fast two clocks part.

A value arrives when it was sampled plus a delay that is never negative, so each frame says of the
offset between the clocks only what it is at most. Crystals part by no more than some ppm, so what
one frame says bounds the offset at every other moment, too, less sharply the further away it is.
The least of all these bounds is the offset at each moment: it moves with a drifting clock, and
bursts that come late don't move it. What is left of the error is the least delay of the link.
"""

import numpy as np

from server.decoding.clocks.frames import Ints, scale_ppb


def compute_floor(stamps_ns: Ints, excess_ns: Ints, wander_ppb: int) -> Ints:
    """The greatest offset (F,) below `excess_ns` (F,) that moves at most `wander_ppb` per stamp.

    `stamps_ns` never fall. Exact: neighbours differ by no more than the limit, in whole ns.
    """
    reach_ns = scale_ppb(stamps_ns - stamps_ns[0], wander_ppb)
    before = np.minimum.accumulate(excess_ns - reach_ns) + reach_ns
    after = np.minimum.accumulate((excess_ns + reach_ns)[::-1])[::-1] - reach_ns
    floor_ns: Ints = np.minimum(before, after)
    return floor_ns


def bound_at_end(times_ns: Ints, excess_ns: Ints, wander_ppb: int) -> int:
    """What all frames say of the offset at the last of them, at most."""
    return int((excess_ns + scale_ppb(times_ns[-1] - times_ns, wander_ppb)).min())


def bound_at_start(times_ns: Ints, excess_ns: Ints, wander_ppb: int) -> int:
    """What all frames say of the offset at the first of them, at most."""
    return int((excess_ns + scale_ppb(times_ns - times_ns[0], wander_ppb)).min())
