"""How alike a stretch of movement is to itself a while later."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.repetitions.trunk import FloatArray

# A period is the shortest whose likeness comes so near to the best: two steps are as alike as one.
NEAR_BEST: Final = 0.85
_AT_ONCE: Final = 2048  # windows, so that a day of acceleration needs little memory


def self_likeness(windows: FloatArray, lags: NDArray[np.int64]) -> FloatArray:
    """Correlation (m, k), -1 to 1, of each of m windows (m, n, channels) with itself later."""
    told = np.empty((len(windows), len(lags)))
    for start in range(0, len(windows), _AT_ONCE):
        part = windows[start : start + _AT_ONCE]
        part = part - part.mean(axis=1, keepdims=True)
        for column, lag in enumerate(lags):
            told[start : start + _AT_ONCE, column] = _correlate(part[:, :-lag], part[:, lag:])
    return told


def _correlate(one: FloatArray, other: FloatArray) -> FloatArray:
    product = np.einsum("mnc,mnc->m", one, other)
    power = np.einsum("mnc,mnc->m", one, one) * np.einsum("mnc,mnc->m", other, other)
    return np.asarray(product / np.sqrt(np.maximum(power, 1e-12)))


def choose_period(
    likeness: FloatArray, lags: NDArray[np.int64], near_best: float = NEAR_BEST
) -> tuple[FloatArray, FloatArray]:
    """For each row of (m, k) likeness its period in samples and the likeness there.

    It is the shortest that comes as near to the best as `near_best`. Period 0 and likeness 0
    where a row has no peak above 0.
    """
    inner = likeness[:, 1:-1]
    peak = (inner >= likeness[:, :-2]) & (inner > likeness[:, 2:]) & (inner > 0)
    height = np.where(peak, inner, 0.0)
    best = height.max(axis=1, keepdims=True)
    at = np.argmax(peak & (height >= near_best * best), axis=1)
    found = best[:, 0] > 0
    value = np.take_along_axis(height, at[:, None], axis=1)[:, 0]
    return np.where(found, lags[1:-1][at], 0.0), np.where(found, value, 0.0)
