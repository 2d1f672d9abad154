"""Upright, leaning or lying, from the direction of gravity in a chest's axes.

The angle between gravity now and gravity while she stood or walked upright (Vaha-Ypya et al. 2018,
Scand J Med Sci Sports 28:1092), as a strap's sensor lies on a breastbone that slopes.
"""

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.movement.epoch_grid import Places

POSTURE_VERSION: Final = 1

# A sensor at rest measures 1 g upwards. Axes of a Polar H10 on a chest: x points to her feet, y to
# her left, z out of her chest. For a sensor that lies otherwise, or a breastbone that slopes, take
# `estimate_upright` of a time when she stood or walked.
H10_UPRIGHT: Final = (-1.0, 0.0, 0.0)

# Vaha-Ypya 2018: their cut between lying and sitting, found at hips. Of four real people who lie on
# a side, two have their chests turned by 57 and 62 degrees only: leaning.
LYING_FROM_DEG: Final = 64.9
# Villumsen et al. 2015 (Ergonomics 58:246): a trunk is bent forward from 30 degrees on.
LEANING_FROM_DEG: Final = 30.0
# The mean over an epoch is gravity only where movement cancels out: further from 1 g it doesn't.
_GRAVITY_WITHIN_MG: Final = 200.0

Floats = NDArray[np.float64]
Samples = NDArray[np.floating] | NDArray[np.signedinteger]


class Posture(StrEnum):
    """UNKNOWN where gravity can't be told from movement, or nothing was heard."""

    UPRIGHT = "upright"
    LEANING = "leaning"
    LYING = "lying"
    UNKNOWN = "unknown"


def compute_gravity_mg(samples_mg: Samples, starts: Places) -> Floats:
    """Mean acceleration (E, 3) of epochs of samples (n, 3); none of them is empty."""
    lengths = np.diff(np.append(starts, len(samples_mg)))
    sums = np.add.reduceat(samples_mg, starts, axis=0, dtype=np.float64)
    return np.asarray(sums / lengths[:, None], dtype=np.float64)


def estimate_upright(gravity_mg: Floats) -> Floats | None:
    """Unit vector (3,) of gravity over epochs (E, 3) in which she stood or walked upright.

    The median on each axis, so that a few epochs of something else don't matter. None where no
    epoch has gravity.
    """
    known = _knows_gravity(gravity_mg)
    if not known.any():
        return None
    middle = np.median(gravity_mg[known], axis=0)
    return np.asarray(middle / np.linalg.norm(middle), dtype=np.float64)


def measure_tilt_deg(gravity_mg: Floats, upright: Floats) -> Floats:
    """Angle (E,) of gravity (E, 3) to where it is when she is upright (3,); NaN if unknown."""
    lengths_mg = np.linalg.norm(gravity_mg, axis=1)
    cosines = np.full(len(gravity_mg), np.nan)
    known = _knows_gravity(gravity_mg)
    along_mg = gravity_mg[known] @ (upright / np.linalg.norm(upright))
    cosines[known] = np.clip(along_mg / lengths_mg[known], -1.0, 1.0)
    return np.asarray(np.degrees(np.arccos(cosines)), dtype=np.float64)


def classify_posture(tilt_deg: Floats) -> tuple[Posture, ...]:
    """The posture of each tilt (E,), NaN for unknown."""
    return tuple(_name(tilt) for tilt in tilt_deg.tolist())


def _name(tilt_deg: float) -> Posture:
    if np.isnan(tilt_deg):
        return Posture.UNKNOWN
    if tilt_deg >= LYING_FROM_DEG:
        return Posture.LYING
    return Posture.LEANING if tilt_deg >= LEANING_FROM_DEG else Posture.UPRIGHT


def _knows_gravity(gravity_mg: Floats) -> NDArray[np.bool_]:
    known = np.abs(np.linalg.norm(gravity_mg, axis=1) - 1000.0) <= _GRAVITY_WITHIN_MG
    return np.asarray(known, dtype=np.bool_)
