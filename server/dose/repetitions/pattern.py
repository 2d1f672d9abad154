"""A repetition as a pattern: where a recording is like it, and how much of it that explains."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from server.dose.repetitions.trunk import RATE_HZ, FloatArray, filter_band

_LIKE: Final = 0.5  # correlation of a repetition with the usual one
_SIZE: Final = 0.4  # of the usual size: what is smaller is no repetition
_OVERHANG: Final = 0.3  # share of a repetition that a recording may cut off
_APART: Final = 0.6  # of its length: two repetitions don't lie closer
_SMOOTH: Final = 2.5  # harmonics of a repetition that are looked at
_HIGHEST_HZ: Final = 3.0
_TRIED: Final = 9  # places where the usual repetition is looked for


def smooth_for(trace: FloatArray, length: int) -> FloatArray:
    """The trace without what is too quick for a repetition of `length` samples."""
    return filter_band(trace, RATE_HZ, high_hz=min(_HIGHEST_HZ, _SMOOTH * RATE_HZ / length))


def find_usual(part: FloatArray, length: int) -> FloatArray:
    """The repetition (length, channels) that most of `part` is like: the mean of all like it."""
    starts = np.linspace(0, len(part) - length, _TRIED).astype(np.int64)
    tried = [_refine(part, part[start : start + length]) for start in starts]
    return max(tried, key=lambda found: found[1])[0]


def _refine(part: FloatArray, pattern: FloatArray) -> tuple[FloatArray, float]:
    """The pattern once it is the mean of what is like it, and how much is."""
    score = 0.0
    for _ in range(3):
        places, alike = find_pattern(part, pattern)
        score = float(np.sum(alike))
        whole = [
            part[place : place + len(pattern)]
            for place in places
            if 0 <= place <= len(part) - len(pattern)
        ]
        if whole:
            pattern = np.mean(whole, axis=0)
    return pattern, score


def find_pattern(part: FloatArray, pattern: FloatArray) -> tuple[NDArray[np.int64], FloatArray]:
    """Starts of all stretches like the pattern, and the correlation of each with it.

    A first or last one that lies up to a third outside `part` starts before 0 or ends after it.
    """
    n = len(pattern)
    over = int(_OVERHANG * n)
    padded = np.pad(part, ((over, over), (0, 0)))
    alike, power = _correlate(padded, pattern, over)
    peaks, _ = signal.find_peaks(np.pad(alike, 1), height=_LIKE, distance=int(_APART * n))
    peaks = peaks - 1
    peaks = peaks[power[peaks] >= _SIZE**2 * np.sum(pattern**2)]
    peaks = _drop_half(peaks, np.sum(padded**2, axis=1), n)
    return peaks - over, alike[peaks]


def _correlate(padded: FloatArray, pattern: FloatArray, over: int) -> tuple[FloatArray, FloatArray]:
    """Correlation with the pattern at each start, and the power there.

    At the ends it is compared with the part of the pattern that is there.
    """
    product = np.zeros(len(padded) - len(pattern) + 1)
    for channel in range(pattern.shape[1]):
        product += np.correlate(padded[:, channel], pattern[:, channel], "valid")
    power = np.correlate(np.sum(padded**2, axis=1), np.ones(len(pattern)), "valid")
    there = np.ones(len(padded))
    there[:over] = there[len(padded) - over :] = 0.0
    whole = np.correlate(there, np.sum(pattern**2, axis=1), "valid")
    power = np.maximum(power, 0.0)
    return product / np.sqrt(np.maximum(power * whole, 1e-9)), power


def _drop_half(peaks: NDArray[np.int64], power: FloatArray, n: int) -> NDArray[np.int64]:
    """Without a first or last repetition whose outer half is still."""
    if len(peaks) < 3:
        return peaks
    summed = np.concatenate([[0.0], np.cumsum(power)])
    before = np.sqrt(summed[peaks + n // 2] - summed[peaks])
    after = np.sqrt(summed[peaks + n] - summed[peaks + n // 2])
    first = int(before[0] < _SIZE * np.median(before))
    last = len(peaks) - int(after[-1] < _SIZE * np.median(after))
    return peaks[first:last]


def explained_share(
    part: FloatArray, starts: NDArray[np.int64], alike: FloatArray, length: int
) -> float:
    """Share (0 to 1) of all movement in `part` that the repetitions at `starts` explain."""
    power = np.sum(part**2, axis=1)
    covered = np.zeros(len(part))
    for start, like in zip(starts, alike, strict=True):
        here = slice(max(0, int(start)), int(start) + length)
        covered[here] = np.maximum(covered[here], like**2)
    return float(np.sum(covered * power) / max(np.sum(power), 1e-9))
