"""A finger that knocks on a sensor: short pushes out of the chest, on top of what the body does."""

from collections.abc import Sequence

import numpy as np

from firmware_sim.physiology.templates import FloatArray
from firmware_sim.strap.wearer import IntArray

# No recording of knocks on a strap is at hand: a push like that of a finger on a table.
KNOCK_MG = 3000.0
KNOCK_NS = 15_000_000
_OUT_OF_THE_CHEST = 2


def add_knocks(
    samples_mg: IntArray, knocks_ns: Sequence[int], first_ns: int, last_ns: int
) -> IntArray:
    """The samples (n, 3), even from first to last, with the part of each knock they catch."""
    reached = [at for at in knocks_ns if first_ns - 2 * KNOCK_NS <= at <= last_ns]
    if not reached or len(samples_mg) < 2:
        return samples_mg
    at_ns, spacing_ns = np.linspace(first_ns, last_ns, len(samples_mg), retstep=True)
    knocked = samples_mg.copy()
    for knock_ns in reached:
        ended = _push_until(at_ns - knock_ns) - _push_until(at_ns - knock_ns - spacing_ns)
        knocked[:, _OUT_OF_THE_CHEST] += np.rint(ended / spacing_ns).astype(np.int64)
    return knocked


def _push_until(since_ns: FloatArray) -> FloatArray:
    """Half a sine's area up to each moment (mg times ns): a sensor averages over its sample."""
    share = np.clip(since_ns / KNOCK_NS, 0.0, 1.0)
    area: FloatArray = KNOCK_MG * KNOCK_NS / np.pi * (1.0 - np.cos(np.pi * share))
    return area
