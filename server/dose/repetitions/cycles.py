"""Slow repetitions: a trunk that bends, sinks and rises, each time like the time before."""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from server.dose.repetitions.bout import Bout, Motion
from server.dose.repetitions.extent import UNNAMED, Extent
from server.dose.repetitions.likeness import choose_period, self_likeness
from server.dose.repetitions.pattern import find_pattern, find_usual, smooth_for
from server.dose.repetitions.trunk import GRAVITY_MG, RATE_HZ, FloatArray, Trunk, filter_band

_BAND_HZ: Final = (0.12, 3.0)
_PERIOD_S: Final = (0.7, 7.0)
_WINDOW: Final = int(14 * RATE_HZ)
_HOP: Final = int(1 * RATE_HZ)
_HEARD: Final = 0.7  # share of a stretch
_REACH: Final = int(60 * RATE_HZ)  # so far a bout is followed beyond where it was found
# A change of 1 mg s in upward velocity counts like so many mg: up and down are told apart although
# she leans at both. More where a rise is what is counted.
VELOCITY_WEIGHT: Final = 5.0
RISE_WEIGHT: Final = 8.0
_SAME_PACE: Final = 1.6  # a stretch ends where the period changes by more
_LONGEST_BREAK: Final = 1.8  # periods without a repetition: then the bout is over


def trace_movement(trunk: Trunk, weight: float = VELOCITY_WEIGHT) -> FloatArray:
    """(n, 4): acceleration of three axes and the weighted upward velocity, without posture, mg."""
    low, high = _BAND_HZ
    axes = filter_band(trunk.acceleration_mg, RATE_HZ, low_hz=low, high_hz=high)
    # The length of the vector doesn't know how the trunk leans.
    rise = np.linalg.norm(trunk.acceleration_mg, axis=1) - GRAVITY_MG
    rise = filter_band(rise, RATE_HZ, low_hz=low)
    velocity = filter_band(np.cumsum(rise) / RATE_HZ, RATE_HZ, low_hz=low, high_hz=high)
    return np.column_stack([axes, weight * velocity])


def find_cycles(trunk: Trunk, free: NDArray[np.bool_], extent: Extent = UNNAMED) -> list[Bout]:
    """Bouts of slow repetitions in the samples that are `free` (n,), the longest first."""
    trace = trace_movement(trunk)
    usable = free & trunk.heard
    bouts: list[Bout] = []
    stretches = _find_stretches(trace, usable, extent)
    for first, last in sorted(stretches, key=lambda stretch: stretch[0] - stretch[1]):
        if usable[first:last].mean() < _HEARD:
            continue
        low, high = reach_around(usable, first, last)
        core = max(first, low), min(last, high)
        if (bout := count_cycles(trace, *core, extent, (low, high))) is not None:
            bouts.append(bout)
            usable[bout.first : bout.last] = False
    return bouts


def reach_around(usable: NDArray[np.bool_], first: int, last: int) -> tuple[int, int]:
    """How far a bout may go on before `first` and after `last`, if what comes is like it."""
    middle = (first + last) // 2
    taken = np.flatnonzero(~usable)
    before, after = taken[taken < middle], taken[taken >= middle]
    low = int(before[-1]) + 1 if len(before) else 0
    high = int(after[0]) if len(after) else len(usable)
    return max(low, first - _REACH), min(high, last + _REACH)


def _find_stretches(
    trace: FloatArray, free: NDArray[np.bool_], extent: Extent
) -> list[tuple[int, int]]:
    if len(trace) < _WINDOW:
        return []
    windows = sliding_window_view(trace, _WINDOW, axis=0)[::_HOP].transpose(0, 2, 1)
    usable = sliding_window_view(free, _WINDOW)[::_HOP].mean(axis=1) >= 0.9
    power = np.sqrt(np.mean(np.sum(windows[:, :, :3] ** 2, axis=2), axis=1))
    moves = np.flatnonzero(usable & (power >= extent.movement_mg))
    lags = _lags(_WINDOW)
    likeness = self_likeness(windows[moves], lags)
    period, alike = choose_period(likeness, lags)
    good = moves[(alike >= extent.likeness) & extent.is_reached(power[moves], likeness, lags)]
    return _join(good, dict(zip(moves.tolist(), period.tolist(), strict=True)))


def _join(good: NDArray[np.int64], periods: dict[int, float]) -> list[tuple[int, int]]:
    """Stretches of windows that overlap and are of one pace; others are cut where they meet."""
    runs: list[list[int]] = []
    for index in good.tolist():
        usual = float(np.median([periods[each] for each in runs[-1]])) if runs else 0.0
        near = runs and (index - runs[-1][-1]) * _HOP <= _WINDOW
        if near and 1 / _SAME_PACE <= periods[index] / usual <= _SAME_PACE:
            runs[-1].append(index)
        else:
            runs.append([index])
    stretches = [(run[0] * _HOP, run[-1] * _HOP + _WINDOW) for run in runs]
    for before, after in pairwise(range(len(stretches))):
        if stretches[before][1] > stretches[after][0]:
            cut = (stretches[before][1] + stretches[after][0]) // 2
            stretches[before] = (stretches[before][0], cut)
            stretches[after] = (cut, stretches[after][1])
    return stretches


def _lags(n: int) -> NDArray[np.int64]:
    shortest, longest = (int(period * RATE_HZ) for period in _PERIOD_S)
    return np.arange(shortest, min(longest, n // 2) + 1)


def count_cycles(
    trace: FloatArray,
    first: int,
    last: int,
    extent: Extent,
    reach: tuple[int, int] | None = None,
) -> Bout | None:
    """The repetitions of one stretch of the trace, and those like them up to its `reach`.

    None where too few are alike.
    """
    period = _find_period(trace[first:last], extent)
    if period is None:
        return None
    low, high = reach or (first, last)
    smooth = smooth_for(trace[low:high], period)
    pattern = find_usual(smooth[first - low : last - low], period)
    starts, alike = find_pattern(smooth, pattern)
    linked = _linked(starts + low + period // 2, first, last, period)
    return as_bout(starts[linked] + low, alike[linked], period, (low, high), extent)


def as_bout(
    starts: NDArray[np.int64],
    alike: FloatArray,
    length: int,
    reach: tuple[int, int],
    extent: Extent,
) -> Bout | None:
    """A bout of these repetitions of `length` samples; None if they are too few."""
    if len(starts) < extent.repetitions:
        return None
    begins, ends = max(reach[0], int(starts[0])), min(reach[1], int(starts[-1]) + length)
    middles = np.clip(starts + length / 2, begins, ends)
    return Bout(Motion.CYCLES, begins, ends, middles, float(np.mean(alike)))


def _find_period(part: FloatArray, extent: Extent) -> int | None:
    lags = _lags(len(part))
    if len(lags) < 3:
        return None
    likeness = self_likeness(part[None], lags)
    periods, best = choose_period(likeness, lags)
    movement_mg = np.array([busiest_mg(part)])
    if best[0] < extent.likeness or not extent.is_reached(movement_mg, likeness, lags)[0]:
        return None
    return int(periods[0])


def busiest_mg(part: FloatArray) -> float:
    """Root mean square over the axes in the busiest window: rests don't make a set smaller."""
    power = np.sum(part[:, :3] ** 2, axis=1)
    window = min(_WINDOW, len(part))
    return float(np.sqrt(sliding_window_view(power, window)[::_HOP].mean(axis=1).max()))


def _linked(middles: NDArray[np.int64], first: int, last: int, period: int) -> slice:
    """The places between first and last, and those before and after without a longer break."""
    inside = np.flatnonzero((middles >= first) & (middles <= last))
    if not len(inside):
        return slice(0, 0)
    breaks = np.flatnonzero(np.diff(middles) > _LONGEST_BREAK * period)
    before, after = breaks[breaks < inside[0]], breaks[breaks >= inside[-1]]
    start = int(before[-1]) + 1 if len(before) else 0
    return slice(start, int(after[0]) + 1 if len(after) else len(middles))
