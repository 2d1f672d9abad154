"""Ordinary least squares with the intervals told here: of equal variances and of HC3."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from statsmodels.regression.linear_model import OLS

from server.analysis.methods.design import Floats
from server.analysis.methods.result import LEVEL, Interval, tell_tail
from server.errors import MethodError

# What is left by a perfect fit, as a share of the outcome's sum of squares: rounding of doubles.
NOTHING_LEFT: Final = 1e-20


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One column's coefficient; both intervals are of Student's t with the residual df."""

    estimate: float
    se: float
    t: float
    p: float
    ci: Interval
    ci_hc3: Interval


@dataclass(frozen=True, slots=True, eq=False)
class LinearFit:
    """Coefficients in the order of the columns, (n,) residuals and what they leave over."""

    coefficients: tuple[Coefficient, ...]
    residuals: Floats
    df: int
    mean_square: float


def fit_linear(
    told: str, y: Floats, columns: Sequence[Floats], *, level: float = LEVEL
) -> LinearFit:
    """Least squares of (n,) `y` on (n,) columns, the constant among them where there is one.

    `level` is that of the intervals.

    HC3 as MacKinnon & White, J Econometrics 1985; 29: 305-325. `told` says in a refusal what was
    fitted. Raises MethodError where the rows are too few, a column is made up of the others, one
    row alone decides a coefficient, or the fit leaves nothing over.
    """
    x = np.column_stack(columns)
    df = len(y) - x.shape[1]
    if df < 1:
        raise MethodError(f"{told} needs more than {x.shape[1]} complete participants: {len(y)}")
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise MethodError(f"{told} can't tell its terms apart: one of them doesn't vary by itself")
    fitted = OLS(y, x).fit()
    if fitted.ssr <= NOTHING_LEFT * float(y @ y):
        raise MethodError(f"{told} leaves nothing over: the values have no spread of their own")
    leverage = fitted.get_influence().hat_matrix_diag
    if leverage.max() > 1 - 1e-9:  # HC3 divides by what is left of 1
        raise MethodError(f"{told} hangs on one participant alone: a coefficient is hers only")
    alpha = 2 * tell_tail(level)
    ci, robust = fitted.conf_int(alpha), fitted.get_robustcov_results("HC3", use_t=True)
    ci_hc3 = robust.conf_int(alpha)
    coefficients = tuple(
        Coefficient(
            float(fitted.params[at]),
            float(fitted.bse[at]),
            float(fitted.tvalues[at]),
            float(fitted.pvalues[at]),
            (float(ci[at][0]), float(ci[at][1])),
            (float(ci_hc3[at][0]), float(ci_hc3[at][1])),
        )
        for at in range(x.shape[1])
    )
    return LinearFit(coefficients, fitted.resid, df, float(fitted.ssr) / df)
