"""What n participants can show of a dose, which is told before what they do show."""

from math import sqrt

import numpy as np
from scipy import stats

from server.analysis.methods.design import Floats
from server.analysis.methods.noncentral import find_noncentrality_of_f
from server.analysis.methods.power.correlations import CorrelationExact
from server.analysis.methods.power.planning import POWER, find_minimum_detectable
from server.analysis.methods.result import LEVEL, tell_tail


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
    """|r| by its exact distribution for two normal variables, as `CorrelationExact` has it.

    A partial one is distributed as a plain one of `n` - `n_adjusted` (Fisher 1924); one of ranks is
    taken for the same. Fisher's z asks for more: at 15 for .669, the exact distribution for .652.
    """
    alpha = 2 * tell_tail(level)
    told = find_minimum_detectable(CorrelationExact(), n - n_adjusted, POWER, alpha)
    return float(told.minimum_detectable or 0.0)


def _sum_of_squares_left(column: Floats, adjusted: Floats) -> float:
    found, _, _, _ = np.linalg.lstsq(adjusted, column, rcond=None)
    left = column - adjusted @ found
    return float(left @ left)
