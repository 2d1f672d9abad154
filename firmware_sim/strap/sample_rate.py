"""How far a sensor's oscillator is from its nominal rate, and how it wanders."""

import math
import random

RATE_ERROR_SD = 500e-6  # measured on H10s: +71 to +1280 ppm of nominal
RATE_ERROR_LIMIT = 0.01  # the vendor speaks of up to 1 %
# An H10's ECG frame spacing had s.d. 78 µs of 561 ms in 1 h 55 min; 12 µs of it is the stamp grid.
WANDER_SD = 135e-6
WANDER_MEMORY = 0.98  # correlation from one frame to the next; five-minute means still differ


def draw_rate_error(rng: random.Random) -> float:
    """One sensor's lifelong error, relative: N(0, 500 ppm), never beyond 1 %."""
    error = rng.gauss(0.0, RATE_ERROR_SD)
    return max(-RATE_ERROR_LIMIT, min(RATE_ERROR_LIMIT, error))


class RateWander:
    """Relative error of each next frame: the lifelong one plus a slow walk around it."""

    def __init__(self, lifelong: float, rng: random.Random) -> None:
        self._lifelong = lifelong
        self._rng = rng
        self._wander = rng.gauss(0.0, WANDER_SD)

    def next_error(self) -> float:
        """Error of the next frame's sampling rate, relative to nominal."""
        kick_sd = WANDER_SD * math.sqrt(1.0 - WANDER_MEMORY**2)
        self._wander = WANDER_MEMORY * self._wander + self._rng.gauss(0.0, kick_sd)
        error = self._lifelong + self._wander
        return max(-RATE_ERROR_LIMIT, min(RATE_ERROR_LIMIT, error))
