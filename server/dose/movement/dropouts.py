"""Stretches that a sensor filled with zeros: nothing was measured there."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

# A chest in free fall is near zero for longer than this, and exactly zero on three axes at a
# resolution of 1 mg only by chance: noise is some mg.
DROPOUT_S: Final = 0.1


def count_shortest_dropout(rate_hz: float) -> int:
    """So many zero samples in a row are a drop-out."""
    return max(2, round(DROPOUT_S * rate_hz))


def find_dropouts(
    samples: NDArray[np.floating] | NDArray[np.signedinteger], shortest: int
) -> NDArray[np.bool_] | None:
    """Which of samples (n, 3) lie in a run of at least `shortest` zero ones; None if none do."""
    # A run of `shortest` or more covers at least one of every `shortest`-th sample.
    some = samples[shortest - 1 :: shortest]
    if not (some[some[:, 0] == 0] == 0).all(axis=1).any():
        return None
    zero = (samples == 0).all(axis=1)
    runs = np.flatnonzero(np.diff(zero, prepend=False, append=False)).reshape(-1, 2)
    long_enough = runs[runs[:, 1] - runs[:, 0] >= shortest]
    found = np.zeros(len(zero), dtype=np.bool_)
    for start, end in long_enough:
        found[start:end] = True
    return found if len(long_enough) else None
