"""How much beats vary, at rest and at work."""

import random
import statistics

import numpy as np

from firmware_sim.physiology.variability import Variability


def _series(bpm: float, seed: int) -> list[float]:
    variability = Variability(random.Random(seed))
    return [variability.relative(0.8 * beat, bpm) for beat in range(1500)]


def test_a_resting_heart_varies_by_some_per_cent() -> None:
    spreads = [statistics.stdev(_series(65.0, seed)) for seed in range(10)]
    assert all(0.02 < spread < 0.06 for spread in spreads)
    assert abs(statistics.mean(_series(65.0, 1))) < 0.01


def test_a_working_heart_varies_much_less() -> None:
    assert statistics.stdev(_series(150.0, 1)) < 0.3 * statistics.stdev(_series(65.0, 1))


def test_slow_power_falls_with_frequency() -> None:
    power = np.zeros(751)
    for seed in range(10):
        power += np.abs(np.fft.rfft(_series(65.0, seed))) ** 2
    hz = np.fft.rfftfreq(1500, 0.8)
    slow = power[(hz > 0.003) & (hz < 0.01)].mean()
    middle = power[(hz > 0.03) & (hz < 0.1)].mean()
    assert slow > 3 * middle
