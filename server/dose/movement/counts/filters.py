"""From samples at a strap's rate to whole steps at 10 Hz, block by block.

Written after Neishabouri et al. 2022, Scientific Reports 12:11958, which opened the algorithm of
ActiGraph's devices: to 30 Hz, band-pass, gain, cut small and large, keep whole steps, to 10 Hz.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import signal

FILTER_HZ: Final = 30
STEPS_HZ: Final = 10
_DECIMALS: Final = 3  # the filter of the devices takes whole mg

# Rate -> (up, down) to 30 Hz. The devices smooth only where both differ from 1.
RATIOS: Final = {
    30: (1, 1), 40: (3, 4), 50: (3, 5), 60: (1, 2), 70: (3, 7), 80: (3, 8), 90: (1, 3),
    100: (3, 10),
}  # fmt: skip

# Band-pass of the devices at 30 Hz, 0.29 to 1.63 Hz, as published: numerator and denominator.
BAND_NUMERATOR: Final = (
    -0.009341062898525, -0.02547028965936, -0.004235264826105, 0.04415241545642,
    0.03649371834776, -0.01189396193474, -0.02291739062315, -0.00678816386231,
)  # fmt: skip
BAND_DENOMINATOR: Final = (
    1.0, -3.63367395910957, 5.03689812757486, -3.09612247819666, 0.50620507633883,
    0.32421701566682, -0.15685485875559, 0.0194913020589,
)  # fmt: skip

# From g to steps: a device's 3 g over 4096 steps, an older one's 2.6 g over 256, times the factor
# that makes counts of both agree (17.127404 together).
_STEPS_PER_G: Final = (3.0 / 4096.0) / (2.6 / 256.0) * 237.5
_SMALLEST_STEP: Final = 4  # below is noise: zero
_LARGEST_STEP: Final = 128

Floats = NDArray[np.float64]


class StepFilter:
    """One stretch without a gap: `add` samples (n, 3) in g, get steps (m, 3) at 10 Hz."""

    def __init__(self, rate_hz: int) -> None:
        self._up, self._down = RATIOS[rate_hz]
        self._smoother = _design_smoother(self._up) if self._up > 1 else None
        self._smoothed = np.zeros((1, 3))
        self._skip = 0
        self._band: Floats | None = None
        self._left = np.zeros((0, 3))

    def add(self, samples_g: Floats) -> Floats:
        """Steps that are complete now."""
        if not len(samples_g):
            return np.zeros((0, 3))
        steps = _cut(self._filter_band(self._resample(samples_g)))
        steps = np.concatenate([self._left, steps])
        whole = len(steps) // 3 * 3
        self._left = steps[whole:]
        thirds: Floats = np.floor(steps[:whole].reshape(-1, 3, 3).sum(axis=1) / 3)
        return thirds

    def _resample(self, samples_g: Floats) -> Floats:
        """At 30 Hz, in whole mg."""
        spread = samples_g
        if self._up > 1:
            spread = np.zeros((len(samples_g) * self._up, 3))
            spread[:: self._up] = samples_g
        if self._smoother is not None:
            taps = self._smoother
            spread, self._smoothed = signal.lfilter(*taps, spread, axis=0, zi=self._smoothed)
        kept = spread[self._skip :: self._down]
        self._skip = (self._skip - len(spread)) % self._down
        rounded: Floats = np.round(kept, _DECIMALS)
        return rounded

    def _filter_band(self, samples_g: Floats) -> Floats:
        """Begins as if the first sample had been there for ever."""
        if not len(samples_g):
            return samples_g  # a filter given nothing forgets what it had
        if self._band is None:
            at_rest = signal.lfilter_zi(BAND_NUMERATOR, BAND_DENOMINATOR)
            self._band = at_rest[:, None] * samples_g[0]
        filtered, self._band = signal.lfilter(
            BAND_NUMERATOR, BAND_DENOMINATOR, samples_g, axis=0, zi=self._band
        )
        scaled: Floats = _STEPS_PER_G * filtered
        return scaled


def _design_smoother(up: int) -> tuple[Floats, Floats]:
    """First-order low-pass at the rate between, as in the devices (bilinear transform)."""
    gain = np.pi / (np.pi + 2 * up) * up
    return np.array([gain, gain]), np.array([1.0, (np.pi - 2 * up) / (np.pi + 2 * up)])


def _cut(steps: Floats) -> Floats:
    size = np.abs(steps)
    return np.where(size < _SMALLEST_STEP, 0.0, np.floor(np.minimum(size, _LARGEST_STEP)))
