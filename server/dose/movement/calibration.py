"""What corrects an accelerometer's axes, and why it may not be known."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Raised when the same recording gives another calibration.
CALIBRATION_VERSION: Final = 1

Triple = tuple[float, float, float]


class Uncalibrated(StrEnum):
    """Why an accelerometer's errors can't be found from a recording."""

    NOT_ASKED = "not_asked"
    FEW_STILL_WINDOWS = "few_still_windows"  # it was hardly ever still
    FEW_ORIENTATIONS = "few_orientations"  # it was never turned far enough on some axis
    FEW_POSITIONS = "few_positions"  # a six-position check without all six
    NO_IMPROVEMENT = "no_improvement"  # the correction isn't better than none
    LARGE_ERROR = "large_error"  # still windows are far from 1 g even when corrected


@dataclass(frozen=True, slots=True)
class Calibration:
    """Corrected acceleration of an axis in g = gain * measured + offset."""

    offsets_g: Triple = (0.0, 0.0, 0.0)
    gains: Triple = (1.0, 1.0, 1.0)

    def apply(self, samples_g: NDArray[np.float64]) -> NDArray[np.float64]:
        """Corrected samples (n, 3) in g."""
        corrected_g: NDArray[np.float64] = samples_g * self.gains + self.offsets_g
        return corrected_g


@dataclass(frozen=True, slots=True)
class CalibrationReport:
    """`calibration` is None exactly when `reason` says why.

    Errors are mean |r - 1 g| over the still windows in g, before and after the correction; None
    where nothing was fitted. `reach_g` is how far the still windows reach on each axis, lowest
    and highest.
    """

    calibration: Calibration | None
    reason: Uncalibrated | None
    n_still_windows: int
    reach_g: tuple[tuple[float, float], ...] = ()
    error_before_g: float | None = None
    error_after_g: float | None = None
