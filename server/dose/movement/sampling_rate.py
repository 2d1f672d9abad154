"""The rate that time stamps tell, beside the rate that somebody says."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

# Straps' own clocks are up to 1 % off; stamps in whole ms add some.
RATE_WITHIN: Final = 0.02
_GAP_FROM: Final = 1.5  # intervals: a sample is missing in between


def measure_rate_hz(times_s: NDArray[np.float64]) -> float:
    """Samples a second where none is missing, of rising times (n > 1,)."""
    intervals_s = np.diff(times_s)
    usual_s = intervals_s[intervals_s < _GAP_FROM * np.median(intervals_s)]
    return float(1.0 / usual_s.mean())


def agrees(measured_hz: float, said_hz: float) -> bool:
    """Whether stamps and words mean the same rate."""
    return abs(measured_hz / said_hz - 1.0) <= RATE_WITHIN
