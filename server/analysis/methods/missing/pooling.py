"""One estimate from several imputed data sets."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.missing.imputation import build_columns
from server.analysis.methods.result import LEVEL, Interval, tell_tail


@dataclass(frozen=True, slots=True)
class Pooled:
    """`df` need not be whole."""

    estimate: float
    se: float
    df: float
    ci: Interval
    p: float


def pool_estimates(
    estimates: Floats, variances: Floats, df_complete: float, *, level: float = LEVEL
) -> Pooled:
    """By Rubin's rules (1987) from (m,) `estimates` with their squared standard errors, m >= 2.

    Degrees of freedom for small samples: Barnard & Rubin, Biometrika 1999; 86: 948-955;
    `df_complete` is what a complete data set would have.
    """
    m = len(estimates)
    within, between = float(variances.mean()), float(estimates.var(ddof=1))
    total = within + (1 + 1 / m) * between
    share = (1 + 1 / m) * between / total
    observed = (df_complete + 1) / (df_complete + 3) * df_complete * (1 - share)
    df = 1 / (share**2 / (m - 1) + 1 / observed)
    estimate, se = float(estimates.mean()), float(np.sqrt(total))
    half = float(stats.t.ppf(1 - tell_tail(level), df)) * se
    p = float(2 * stats.t.sf(abs(estimate) / se, df))
    return Pooled(estimate, se, df, (estimate - half, estimate + half), p)


def pool_ancova(begun: TwoByTwo, posts: Floats, level: float) -> Pooled:
    """ANCOVA of each row of (m, n) `posts`, pooled."""
    columns = build_columns(begun)
    inverse = np.linalg.inv(columns.T @ columns)
    fitted = posts @ columns @ inverse
    left = posts - fitted @ columns.T
    df = begun.n - columns.shape[1]
    variances = np.einsum("mn,mn->m", left, left) / df * inverse[1, 1]
    return pool_estimates(fitted[:, 1], variances, df, level=level)
