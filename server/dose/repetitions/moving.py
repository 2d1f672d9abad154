"""Where a trunk moves at all."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from server.dose.repetitions.trunk import RATE_HZ, FloatArray

_WINDOW: Final = int(2 * RATE_HZ)
_LEAST_MG: Final = 60.0  # root mean square; who sits or stands has 30
_REST: Final = int(6 * RATE_HZ)  # a longer one ends a stretch
_SHORTEST: Final = int(10 * RATE_HZ)
_LONGEST: Final = int(120 * RATE_HZ)


def find_moving(trace: FloatArray, usable: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches (first, last) of `usable` samples with movement, rests of up to 6 s included."""
    power = uniform_filter1d(np.sum(trace[:, :3] ** 2, axis=1), _WINDOW, mode="nearest")
    moving = np.flatnonzero((power >= _LEAST_MG**2) & usable)
    if not len(moving):
        return []
    taken = np.cumsum(~usable)
    breaks = (np.diff(moving) > _REST) | (np.diff(taken[moving]) > 0)
    runs = np.split(moving, np.flatnonzero(breaks) + 1)
    stretches = [(int(run[0]), int(run[-1]) + 1) for run in runs]
    return [
        (start, min(last, start + _LONGEST))
        for first, last in stretches
        for start in range(first, last, _LONGEST)
        if min(last, start + _LONGEST) - start >= _SHORTEST
    ]
