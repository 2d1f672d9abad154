"""Times at which an accelerometer lay still: then it measured gravity and nothing else."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

# van Hees et al. 2014, J Appl Physiol 117:738: windows of 10 s, standard deviation below 13 mg on
# every axis, and means below 2 g so that no axis is at its end.
STILL_WINDOW_S: Final = 10.0
STILL_SD_G: Final = 0.013
STILL_MEAN_BELOW_G: Final = 2.0


def find_still_windows(
    samples_g: NDArray[np.float64], rate_hz: float, window_s: float = STILL_WINDOW_S
) -> NDArray[np.float64]:
    """Mean acceleration (W, 3) in g of the still windows among samples (n, 3).

    Windows follow each other without overlap; one with a missing value is none.
    """
    n_per_window = max(2, round(window_s * rate_hz))
    n_windows = len(samples_g) // n_per_window
    windows = samples_g[: n_windows * n_per_window].reshape(n_windows, n_per_window, 3)
    means, deviations = windows.mean(axis=1), windows.std(axis=1, ddof=1)
    still = (deviations < STILL_SD_G).all(axis=1) & (np.abs(means) < STILL_MEAN_BELOW_G).all(axis=1)
    kept: NDArray[np.float64] = means[still]
    return kept
