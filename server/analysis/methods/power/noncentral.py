"""Power of a two-sided test from its noncentral distribution under the alternative."""

from typing import Final

import numpy as np
from scipy import special, stats

_REACH_SD: Final = 10.0  # of the Poisson weights: what lies further out is below 1e-15


def compute_f_power(noncentrality: float, df1: float, df2: float, alpha: float) -> float:
    """Chance that F with `df1`, `df2` passes its critical value at `alpha`.

    `noncentrality` is lambda, not negative. Source: Cohen 1988, chapter 8; the sum of central
    terms under Poisson weights is Johnson, Kotz and Balakrishnan 1995, chapter 30. SciPy 1.17 has
    no use here: its `ncf` is NaN for some lambda above 1000, and `ncf.sf` negative at 0.
    """
    critical = float(stats.f.isf(alpha, df1, df2))
    mean = noncentrality / 2
    reach = _REACH_SD * np.sqrt(mean) + 50
    terms = np.arange(max(0.0, np.floor(mean - reach)), mean + reach)
    weights = np.exp(special.xlogy(terms, mean) - mean - special.gammaln(terms + 1))
    beyond = df2 / (df2 + df1 * critical)
    passing = special.betainc(df2 / 2, df1 / 2 + terms, beyond)
    return min(float(weights @ passing / weights.sum()), 1.0)
