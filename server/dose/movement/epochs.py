"""Movement per epoch: a number, or the reason why there is none."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.quantity import Missing

# Raised when the same samples give another number.
EPOCHS_VERSION: Final = 1

# An epoch of which less was heard has no number: the same limit as for a session's heart rate.
LEAST_COVERAGE: Final = 0.8
# GGIR 3.3-7 throws a stretch out of which more than this share lies at an end of the range.
MOST_CLIPPED: Final = 0.3

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Epochs:
    """E epochs of `epoch_s` without holes, the first from `start_s` on; each array is (E,).

    `enmo_mg` and `mad_mg` are NaN exactly where `missing` has a reason. `coverage`, `zero_filled`
    and `clipped` are shares (0 to 1) of an epoch's samples: heard, sent as zeros by a sensor that
    measured nothing, and at an end of the range (clipped samples were heard; the numbers of such
    an epoch are too small).
    """

    epoch_s: float
    start_s: float
    enmo_mg: Floats
    mad_mg: Floats
    coverage: Floats
    zero_filled: Floats
    clipped: Floats
    missing: tuple[Missing | None, ...]

    def __len__(self) -> int:
        return len(self.missing)

    @property
    def heard(self) -> NDArray[np.bool_]:
        """Which have numbers."""
        return np.array([reason is None for reason in self.missing], dtype=np.bool_)

    def locate(self, start_s: float, end_s: float) -> slice:
        """The epochs that have a part in an interval."""
        first = math.floor((start_s - self.start_s) / self.epoch_s)
        end = math.ceil((end_s - self.start_s) / self.epoch_s)
        return slice(min(max(first, 0), len(self)), min(max(end, 0), len(self)))

    def cut(self, places: slice) -> "Epochs":
        """Some that follow each other, as `locate` finds them."""
        return Epochs(
            self.epoch_s,
            self.start_s + self.epoch_s * places.start,
            self.enmo_mg[places],
            self.mad_mg[places],
            self.coverage[places],
            self.zero_filled[places],
            self.clipped[places],
            self.missing[places],
        )


def explain_missing(coverage: Floats, zero_filled: Floats, clipped: Floats) -> list[Missing | None]:
    """The reason of each epoch that has no number, from its shares (E,)."""
    missing: list[Missing | None] = [None] * len(coverage)
    for place in np.flatnonzero((coverage < LEAST_COVERAGE) | (clipped > MOST_CLIPPED)).tolist():
        missing[place] = _explain(float(coverage[place]), float(zero_filled[place]))
    return missing


def _explain(coverage: float, zero_filled: float) -> Missing:
    if coverage >= LEAST_COVERAGE:
        return Missing.UNUSABLE
    if zero_filled > 0 and coverage + zero_filled >= LEAST_COVERAGE:
        return Missing.ZERO_FILLED
    return Missing.LOW_COVERAGE if coverage > 0 or zero_filled > 0 else Missing.NO_DATA
