"""Samples at an end of the sensor's range: the true acceleration was at least that."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

CLIPPED_FROM: Final = 0.99  # of full scale: gains of real sensors differ by some per mille
# Without a known range: an axis that stays at its own extreme for this many samples, beyond what
# gravity and calibration errors alone reach, has met an end.
_PLATEAU_SAMPLES: Final = 3
_PLATEAU_FROM_MG: Final = 1500.0

Samples = NDArray[np.floating] | NDArray[np.signedinteger]
Places = NDArray[np.int64]


def count_clipped(samples_mg: Samples, starts: Places, range_mg: float | None) -> Places:
    """How many samples of (n, 3) lie at an end of the range, for each epoch from `starts` on."""
    if range_mg is None:
        return np.zeros(len(starts), dtype=np.int64)
    limit_mg = CLIPPED_FROM * range_mg
    clipped = (samples_mg >= limit_mg) | (samples_mg <= -limit_mg)
    return np.add.reduceat(clipped.any(axis=1), starts, dtype=np.int64)


def find_plateau_mg(samples_mg: NDArray[np.floating]) -> float | None:
    """Where an axis of samples (n, 3) seems to be cut off; None where none does.

    A guess for files that don't say their range. An axis that never moves is no plateau.
    """
    found = [
        abs(float(extreme))
        for axis in samples_mg.T
        if (kept := axis[np.isfinite(axis)]).size and kept.min() < kept.max()
        for extreme in (kept.min(), kept.max())
        if abs(extreme) >= _PLATEAU_FROM_MG and _longest_run(axis == extreme) >= _PLATEAU_SAMPLES
    ]
    return min(found) if found else None


def _longest_run(held: NDArray[np.bool_]) -> int:
    runs = np.flatnonzero(np.diff(held, prepend=False, append=False)).reshape(-1, 2)
    return int((runs[:, 1] - runs[:, 0]).max(initial=0))
