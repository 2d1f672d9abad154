"""Counts per minute of a recording, with gaps."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.movement.counts.filters import RATIOS, STEPS_HZ, StepFilter
from server.dose.movement.counts.halving import Halving
from server.dose.movement.epochs import LEAST_COVERAGE
from server.dose.movement.stretches import Stretch
from server.dose.quantity import Missing

COUNTS_VERSION: Final = 1
COUNTS_EPOCH_S: Final = 60  # dose-metrics 8
HALVED_HZ: Final = 200
_BLOCK_S: Final = 60

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ActivityCounts:
    """E epochs: counts (E, 3) of the axes and of their vector magnitude (E,), NaN where missing."""

    epoch_s: int
    counts: Floats
    vector_magnitude: Floats
    coverage: Floats
    missing: tuple[Missing | None, ...]


def takes_rate(rate_hz: float) -> bool:
    """30 to 100 Hz in tens, and 200, which is halved."""
    return rate_hz == HALVED_HZ or rate_hz in RATIOS


def compute_counts(
    stretches_g: Iterable[Stretch],
    rate_hz: float,
    duration_s: float,
    epoch_s: int = COUNTS_EPOCH_S,
) -> ActivityCounts | Missing:
    """Of stretches in g, with times since the recording's start, which lasted `duration_s`.

    WRONG_RATE where the algorithm isn't defined. Each stretch is filtered by itself: nothing is
    made up between them. An epoch less of which was heard than the limit is missing; the last
    one isn't there if the recording ends in it.
    """
    if not takes_rate(rate_hz):
        return Missing.WRONG_RATE
    n_epochs = int(duration_s / epoch_s + 1e-9)
    sums, n_steps = np.zeros((n_epochs, 3)), np.zeros(n_epochs)
    for stretch in stretches_g:
        at = math.ceil(stretch.start_s * STEPS_HZ - 1e-6)
        for steps in _filter_stretch(stretch.samples, int(rate_hz)):
            numbers = np.arange(at, at + len(steps)) // (STEPS_HZ * epoch_s)
            kept = numbers < n_epochs
            np.add.at(sums, numbers[kept], steps[kept])
            np.add.at(n_steps, numbers[kept], 1)
            at += len(steps)
    return _explain(sums, n_steps, epoch_s)


def _filter_stretch(samples_g: Floats, rate: int) -> Iterator[Floats]:
    """Steps at 10 Hz of samples without a gap, in the memory of a block."""
    halving = Halving() if rate == HALVED_HZ else None
    steps = StepFilter(rate // 2 if halving else rate)
    for at in range(0, len(samples_g), rate * _BLOCK_S):
        block = samples_g[at : at + rate * _BLOCK_S]
        yield steps.add(halving.add(block) if halving else block)
    if halving:
        yield steps.add(halving.finish())


def _explain(sums: Floats, n_steps: Floats, epoch_s: int) -> ActivityCounts:
    coverage = np.minimum(n_steps / (STEPS_HZ * epoch_s), 1.0)
    missing = tuple(
        None if share >= LEAST_COVERAGE else Missing.LOW_COVERAGE if share else Missing.NO_DATA
        for share in coverage.tolist()
    )
    sums[coverage < LEAST_COVERAGE] = np.nan
    return ActivityCounts(epoch_s, sums, np.sqrt((sums**2).sum(axis=1)), coverage, missing)
