"""Repetitions with uneven rests between: no pace to go by, only that each is like the others."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.repetitions.bout import Bout
from server.dose.repetitions.cycles import as_bout, busiest_mg
from server.dose.repetitions.extent import Extent
from server.dose.repetitions.pattern import (
    explained_share,
    find_pattern,
    find_usual,
    smooth_for,
)
from server.dose.repetitions.trunk import RATE_HZ, FloatArray

_LENGTHS: Final = np.round(RATE_HZ * np.geomspace(1.2, 6.0, 8)).astype(np.int64)
_NEAR_BEST: Final = 0.92  # of what the best length explains: of these the fewest repetitions
_STILL: Final = 0.4  # of the usual movement: a second with less is a rest


@dataclass(frozen=True, slots=True)
class Proof:
    """What repetitions of one thing must show, where nothing shows a pace."""

    explained: float  # share of all movement that they are
    likeness: float  # mean correlation with the usual one
    rest: float  # share of the time that she rests


# Walking about in a lift explains itself to 0.86 with likeness 0.89, a bicycle never rests.
UNNAMED: Final = Proof(0.8, 0.9, 0.1)
NAMED: Final = Proof(0.6, 0.75, 0.0)


@dataclass(frozen=True, slots=True)
class _Try:
    length: int
    starts: NDArray[np.int64]
    alike: FloatArray
    explained: float


def count_paused(
    trace: FloatArray, first: int, last: int, extent: Extent, proof: Proof
) -> Bout | None:
    """The repetitions of one stretch of the trace; None where they don't explain it."""
    part = trace[first:last]
    if _resting_share(part) < proof.rest:
        return None
    tries = [_try_length(part, int(length)) for length in _LENGTHS[len(part) >= _LENGTHS * 2]]
    least = max([proof.explained, *(_NEAR_BEST * each.explained for each in tries)])
    near = [
        each for each in tries if each.explained >= least and np.mean(each.alike) >= proof.likeness
    ]
    if not near:
        return None
    chosen = min(near, key=lambda each: (len(each.starts), each.length))
    if not extent.is_wide(np.array(busiest_mg(part)), np.array(chosen.length / RATE_HZ)):
        return None
    return as_bout(chosen.starts + first, chosen.alike, chosen.length, (first, last), extent)


def _try_length(part: FloatArray, length: int) -> _Try:
    smooth = smooth_for(part, length)
    starts, alike = find_pattern(smooth, find_usual(smooth, length))
    return _Try(length, starts, alike, explained_share(smooth, starts, alike, length))


def _resting_share(part: FloatArray) -> float:
    second = np.ones(int(RATE_HZ)) / RATE_HZ
    power = np.sqrt(np.convolve(np.sum(part[:, :3] ** 2, axis=1), second, "valid"))
    return float(np.mean(power < _STILL * np.percentile(power, 90)))
