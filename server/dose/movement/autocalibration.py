"""Gain and offset of each axis from still windows, which all must have the length of 1 g.

van Hees et al. 2014 (J Appl Physiol 117:738). The same weighted least squares as there, solved by
Gauss-Newton steps in place of alternating regressions: both stop where the weighted residual is
orthogonal to every gain and offset. Temperature isn't used: straps don't send it.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.movement.calibration import Calibration, CalibrationReport, Uncalibrated

SPHERE_REACH_G: Final = 0.3  # van Hees 2014: still windows on both sides of this, on every axis
FEWEST_WINDOWS: Final = 10  # GGIR 3.3-7 gives up below
LARGEST_ERROR_G: Final = 0.01  # van Hees 2014: above, the correction isn't used
SIX_POSITIONS_REACH_G: Final = 0.8  # each face down at least once: within 37 degrees of its axis
SIX_POSITIONS_WINDOW_S: Final = 2.0  # a person turns a strap over by hand and waits a moment
_LARGEST_WEIGHT: Final = 100.0  # 1 / 0.01 g: nearer than that is near
_TOLERANCE: Final = 1e-10
_MOST_STEPS: Final = 1000

Floats = NDArray[np.float64]


def autocalibrate(still_g: Floats) -> CalibrationReport:
    """From still windows (W, 3) in g of all recordings of one strap together."""
    return _report(still_g, SPHERE_REACH_G, Uncalibrated.FEW_ORIENTATIONS)


def calibrate_six_positions(still_g: Floats) -> CalibrationReport:
    """From still windows (W, 3) in g of a strap laid on each of its six faces in turn."""
    return _report(still_g, SIX_POSITIONS_REACH_G, Uncalibrated.FEW_POSITIONS)


def _report(still_g: Floats, reach_g: float, too_narrow: Uncalibrated) -> CalibrationReport:
    n_windows = len(still_g)
    if n_windows < FEWEST_WINDOWS:
        return CalibrationReport(None, Uncalibrated.FEW_STILL_WINDOWS, n_windows)
    lowest, highest = still_g.min(axis=0), still_g.max(axis=0)
    reach = tuple((float(low), float(high)) for low, high in zip(lowest, highest, strict=True))
    if not ((lowest < -reach_g) & (highest > reach_g)).all():
        return CalibrationReport(None, too_narrow, n_windows, reach)
    found = fit_unit_sphere(still_g)
    before_g, after_g = _measure_error(still_g), _measure_error(found.apply(still_g))
    reason = None
    if after_g > before_g:
        reason = Uncalibrated.NO_IMPROVEMENT
    elif after_g >= LARGEST_ERROR_G:
        reason = Uncalibrated.LARGE_ERROR
    kept = None if reason else found
    return CalibrationReport(kept, reason, n_windows, reach, before_g, after_g)


def fit_unit_sphere(still_g: Floats) -> Calibration:
    """The gains and offsets that bring points (W, 3) nearest to the sphere of 1 g.

    Points far from it weigh less: 1 / distance, at most 100 / g.
    """
    gains, offsets_g = np.ones(3), np.zeros(3)
    for _ in range(_MOST_STEPS):
        corrected_g = still_g * gains + offsets_g
        lengths_g = np.linalg.norm(corrected_g, axis=1)
        residuals_g = lengths_g - 1.0
        floor_g = 1 / _LARGEST_WEIGHT
        roots = np.sqrt(1 / np.maximum(np.abs(residuals_g), floor_g))[:, None]
        directions = corrected_g / lengths_g[:, None]
        slopes = np.hstack([directions * still_g, directions])
        step = np.linalg.lstsq(slopes * roots, -residuals_g * roots[:, 0])[0]
        gains, offsets_g = gains + step[:3], offsets_g + step[3:]
        if np.abs(step).max() < _TOLERANCE:
            break
    x, y, z = (float(offset) for offset in offsets_g)
    gain_x, gain_y, gain_z = (float(gain) for gain in gains)
    return Calibration((x, y, z), (gain_x, gain_y, gain_z))


def _measure_error(points_g: Floats) -> float:
    return float(np.abs(np.linalg.norm(points_g, axis=1) - 1.0).mean())
