"""When somebody knocked three times on a strap, to a fraction of a sample."""

import numpy as np
from numpy.typing import NDArray

from server.decoding.clocks.frames import NS_PER_S, Ints
from server.decoding.knocks import (
    KNOCKS,
    REACH_S,
    Floats,
    are_three_knocks,
    compute_sharpness,
    find_knocks,
)

_HOLE = 1.5  # a way longer than so many usual ones: samples are missing, a trace ends


def find_knock_triples(
    utc_ns: Ints, samples_mg: NDArray[np.float32], from_utc_ns: int, to_utc_ns: int
) -> list[Ints]:
    """The moments (3,) of every clear triple of knocks between two moments, in order.

    `utc_ns` (N,), `samples_mg` (N, 3). Empty where there are none: fewer or more than three, uneven
    ones, or movement around them say nothing.
    """
    inside = (utc_ns >= from_utc_ns) & (utc_ns < to_utc_ns)
    utc_ns, samples_mg = utc_ns[inside], samples_mg[inside]
    ways_ns = np.diff(utc_ns)
    if ways_ns.size == 0:
        return []
    usual_ns = float(np.median(ways_ns))
    holes = np.flatnonzero((ways_ns > _HOLE * usual_ns) | (ways_ns <= 0)) + 1
    bounds = [0, *holes.tolist(), utc_ns.size]
    found: list[Ints] = []
    for start, end in zip(bounds, bounds[1:], strict=False):
        trace_mg = samples_mg[start:end].astype(np.float64)
        found += _find_in_trace(utc_ns[start:end], trace_mg, usual_ns / NS_PER_S)
    return found


def _find_in_trace(utc_ns: Ints, trace_mg: Floats, spacing_s: float) -> list[Ints]:
    sharpness_mg = compute_sharpness(trace_mg, spacing_s)
    knocks = find_knocks(sharpness_mg, spacing_s)
    found = []
    for first in range(len(knocks) - KNOCKS + 1):
        places = knocks[first : first + KNOCKS]
        if are_three_knocks(sharpness_mg, places, spacing_s):
            moments = [_weigh(utc_ns, trace_mg, place, spacing_s) for place in places]
            found.append(np.array(moments, dtype=np.int64))
    return found


def _weigh(utc_ns: Ints, trace_mg: Floats, place: int, spacing_s: float) -> int:
    """The middle of one shock: the moments around its peak, weighed by how far it pushed."""
    shock = max(1, round(REACH_S / spacing_s / 2))
    around = slice(max(0, place - shock), place + shock + 1)
    wide = slice(max(0, place - 4 * shock), place + 4 * shock + 1)
    rest_mg = np.median(trace_mg[wide], axis=0)
    pushed_mg = np.linalg.norm(trace_mg[around] - rest_mg, axis=1)
    since_ns = (utc_ns[around] - utc_ns[place]).astype(np.float64)
    return int(utc_ns[place]) + round(float(np.average(since_ns, weights=pushed_mg)))
