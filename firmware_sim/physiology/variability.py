"""How beat-to-beat intervals vary around the mean: breath, slow drift, and a little noise."""

import math
import random

_N_SLOW = 12  # sinusoids that together fall off as 1/f
_SLOW_HZ = (0.003, 0.15)
_SLOW_SD = 0.030  # relative, at rest
_BREATH_SHARE = 0.030  # relative amplitude of respiratory sinus arrhythmia at rest
_BREATH_HZ = (0.22, 0.32)
_NOISE_SD = 0.004
_QUIET_BPM, _FLAT_BPM = 70.0, 150.0  # variability falls from all of it to a tenth between these


class Variability:
    """A smooth function of time, drawn once per heart."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._breath_hz = rng.uniform(*_BREATH_HZ)
        low, high = (math.log(hz) for hz in _SLOW_HZ)
        amplitude = _SLOW_SD * math.sqrt(2.0 / _N_SLOW)  # equal power per octave is 1/f
        self._slow = [
            (2 * math.pi * math.exp(low + (high - low) * (i + rng.random()) / _N_SLOW),
             rng.uniform(0.0, 2 * math.pi))
            for i in range(_N_SLOW)
        ]  # fmt: skip
        self._amplitude = amplitude

    def relative(self, elapsed_s: float, bpm: float) -> float:
        """Relative deviation of an RR interval that begins now; advances the seeded noise."""
        slow = self._amplitude * sum(math.sin(w * elapsed_s + p) for w, p in self._slow)
        breath = _BREATH_SHARE * math.sin(2 * math.pi * self._breath_hz * elapsed_s)
        load = min(1.0, max(0.0, (bpm - _QUIET_BPM) / (_FLAT_BPM - _QUIET_BPM)))
        return (slow + breath) * (1.0 - 0.9 * load) + self._rng.gauss(0.0, _NOISE_SD)
