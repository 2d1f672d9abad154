"""What n participants can show of a dose, which is told before what they do show."""

from math import sqrt, tanh
from typing import Final

import numpy as np
from scipy import stats

from server.analysis.methods.design import Floats
from server.analysis.methods.noncentral import find_noncentrality_of_f
from server.analysis.methods.result import LEVEL, tell_tail

POWER: Final = 0.8


def find_smallest_slope(
    dose: Floats, post: Floats, adjusted: Floats, *, level: float = LEVEL
) -> float:
    """Of (n,) `post` on (n,) `dose` beside the (n, k) columns `adjusted`, the constant among them.

    In units of post per unit of dose, with a power of .80 at a two-sided 1 - `level`. The spread
    that it has to stand out of is that of post about `adjusted` alone: the dose's own share is
    what is asked, and isn't looked at.
    """
    n, k = adjusted.shape
    df = n - k - 1
    critical = float(stats.f.isf(2 * tell_tail(level), 1, df))
    noncentrality = find_noncentrality_of_f(critical, df, 1 - POWER)
    variance = _sum_of_squares_left(post, adjusted) / (n - k)
    return sqrt(noncentrality * variance / _sum_of_squares_left(dose, adjusted))


def find_smallest_correlation(n: int, n_adjusted: int, *, level: float = LEVEL) -> float:
    """|r| by Fisher's z, whose variance is 1 / (n - 3 - `n_adjusted`)."""
    reach = float(stats.norm.isf(tell_tail(level)) + stats.norm.ppf(POWER))
    return tanh(reach * sqrt(1 / (n - 3 - n_adjusted)))


def _sum_of_squares_left(column: Floats, adjusted: Floats) -> float:
    found, _, _, _ = np.linalg.lstsq(adjusted, column, rcond=None)
    left = column - adjusted @ found
    return float(left @ left)
