"""A correlation's bias-corrected and accelerated bootstrap interval, for few participants."""

import warnings
from typing import Final

import numpy as np
from scipy import stats

from server.analysis.methods.design import Floats
from server.analysis.methods.dose_response.coefficients import Rows, correlate_rows
from server.analysis.methods.result import LEVEL, Interval

REPLICATES: Final = 5_000
FEWEST_REPLICATES: Final = 1_000  # Efron, J Am Stat Assoc 1987; 82: 171-185, section 9


def bootstrap_correlation(
    columns: Floats, seed: int, replicates: int, *, by_rank: bool, level: float = LEVEL
) -> Interval | None:
    """`level` of `correlate_rows`, whole rows drawn; None where a resample has no spread.

    Source: Efron 1987, as SciPy computes it.
    """

    def compute(rows: Rows, axis: int) -> Floats:
        return correlate_rows(columns, rows, by_rank=by_rank)

    with warnings.catch_warnings():  # a resample without spread is told by the None
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        drawn = stats.bootstrap(
            (np.arange(len(columns)),),
            compute,
            n_resamples=replicates,
            vectorized=True,
            confidence_level=level,
            method="BCa",
            rng=np.random.default_rng(seed),
        )
    low, high = (float(end) for end in drawn.confidence_interval)
    is_whole = np.isfinite([*drawn.bootstrap_distribution, low, high]).all()
    return (low, high) if is_whole else None
