"""From 200 Hz to 100: every second sample of what a low-pass leaves."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import signal

# Linear phase; flat to 0.3 % up to 42 Hz, 55 dB down from 58 Hz on. What folds back from in between
# lands at 42 to 50 Hz, far from the band that counts use.
_TAPS: Final = 49
_CUT_OFF: Final = 0.5  # of half the rate: 50 Hz
_DELAY: Final = _TAPS // 2

Floats = NDArray[np.float64]


class Halving:
    """One stretch without a gap, block by block; begins as if its first sample had been for ever.

    Sample k of what comes out lies at sample 2k of what went in: the filter's delay is taken off.
    """

    def __init__(self) -> None:
        self._taps = signal.firwin(_TAPS, _CUT_OFF)
        self._state: Floats | None = None
        self._skip = _DELAY
        self._last = np.zeros((0, 3))

    def add(self, samples: Floats) -> Floats:
        """Samples (n, 3) at 200 Hz to those at 100 Hz that are complete now."""
        if not len(samples):
            return samples
        if self._state is None:
            self._state = signal.lfilter_zi(self._taps, [1.0])[:, None] * samples[0]
        smooth, self._state = signal.lfilter(self._taps, [1.0], samples, axis=0, zi=self._state)
        kept: Floats = smooth[self._skip :: 2]
        skip = self._skip - len(samples)
        self._skip = skip if skip >= 0 else skip % 2
        self._last = samples[-1:]
        return kept

    def finish(self) -> Floats:
        """What the delay kept back, as if the last sample stayed for ever."""
        return self.add(np.repeat(self._last, _DELAY, axis=0))
