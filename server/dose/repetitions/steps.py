"""Steps and hops: a trunk that goes up and down at an even pace."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from server.dose.repetitions.bout import Bout, Motion
from server.dose.repetitions.pace import BAND_HZ, HOP, UNNAMED, WINDOW, Pace, measure_periods
from server.dose.repetitions.trunk import RATE_HZ, FloatArray, Trunk, filter_band

_SAME_PACE: Final = 1.25  # a bout ends where the period changes by more
_RECENT: Final = 9  # windows whose period is the usual one
_MISSED: Final = 2  # hops between windows of one run
_FEWEST: Final = 3
_HIGHEST_HZ: Final = 11.0  # below half the rate
_PEAK: Final = 0.4  # of the usual height: what is lower is no step


def find_steps(trunk: Trunk, pace: Pace = UNNAMED) -> list[Bout]:
    """Bouts of steps or hops, one repetition for each time that the trunk comes up."""
    if trunk.n < WINDOW:
        return []
    low, high = BAND_HZ
    bounce = filter_band(trunk.vertical_mg, RATE_HZ, low_hz=low, high_hz=high)
    periods, likeness = measure_periods(bounce, trunk, pace)
    bouts: list[Bout] = []
    for run in _group(periods, likeness):
        taken = bouts[-1].last if bouts else 0
        if (bout := _count(bounce, trunk, run, pace, taken)) is not None:
            bouts.append(bout)
    return bouts


@dataclass(frozen=True, slots=True)
class _Run:
    """Windows of one pace: samples `first` up to `last`, `period` in samples."""

    first: int
    last: int
    period: float
    likeness: float


def _group(periods: FloatArray, likeness: FloatArray) -> list[_Run]:
    groups: list[list[int]] = []
    for index in np.flatnonzero(periods).tolist():
        if groups and index - groups[-1][-1] <= _MISSED:
            usual = float(np.median(periods[groups[-1][-_RECENT:]]))
            if 1 / _SAME_PACE <= periods[index] / usual <= _SAME_PACE:
                groups[-1].append(index)
                continue
        groups.append([index])
    return [
        _Run(
            run[0] * HOP,
            run[-1] * HOP + WINDOW,
            float(np.median(periods[run])),
            float(np.median(likeness[run])),
        )
        for run in groups
    ]


def _count(bounce: FloatArray, trunk: Trunk, run: _Run, pace: Pace, taken: int) -> Bout | None:
    """The steps of one run after the sample up to which they are `taken` by another."""
    peaks = _find_peaks(bounce, run)
    peaks = peaks[trunk.heard[peaks] & (peaks >= taken)]
    if len(peaks) < _FEWEST:
        return None
    peaks = _trim(trunk.vertical_mg, peaks, run.period, pace.whole)
    if len(peaks) * run.period < pace.seconds * RATE_HZ:
        return None
    return Bout(
        Motion.STEPS,
        max(taken, int(peaks[0] - run.period / 2)),
        min(trunk.n, int(peaks[-1] + run.period / 2)),
        peaks.astype(np.float64),
        run.likeness,
    )


def _find_peaks(bounce: FloatArray, run: _Run) -> NDArray[np.int64]:
    """The tops of the pace's own wave, in the run and a period beyond."""
    cadence_hz = RATE_HZ / run.period
    start = max(0, run.first - WINDOW // 2)
    part = bounce[start : run.last + WINDOW // 2]
    wave = filter_band(
        part, RATE_HZ, low_hz=0.6 * cadence_hz, high_hz=min(1.5 * cadence_hz, _HIGHEST_HZ)
    )
    tops, _ = signal.find_peaks(wave, distance=max(1, int(0.6 * run.period)))
    peaks = np.asarray(tops + start, dtype=np.int64)
    return peaks[(peaks >= run.first - run.period) & (peaks < run.last + run.period)]


def _trim(
    vertical: FloatArray, peaks: NDArray[np.int64], period: float, whole: float
) -> NDArray[np.int64]:
    """Without what is too low for a step, and without a first or last one that isn't whole."""
    half = max(2, round(period / 2))
    before = np.array([np.ptp(vertical[max(0, peak - half) : peak + 1]) for peak in peaks])
    after = np.array([np.ptp(vertical[peak : peak + half + 1]) for peak in peaks])
    least = np.median(np.concatenate([before, after]))
    high = np.maximum(before, after) >= _PEAK * least
    peaks, before, after = peaks[high], before[high], after[high]
    for share in (_PEAK, whole):
        if len(peaks) < _FEWEST:
            break
        least_before, least_after = share * np.median(before), share * np.median(after)
        first = int(before[0] < least_before)
        last = len(peaks) - int(after[-1] < least_after)
        peaks, before, after = peaks[first:last], before[first:last], after[first:last]
    return peaks
