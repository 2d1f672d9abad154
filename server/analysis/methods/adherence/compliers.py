"""The effect among those who come when they are asked to (CACE), arm as the instrument.

Angrist, Imbens & Rubin, J Am Stat Assoc 1996; 91: 444-455. Control can't come, so that everybody
who came is a complier; that fewer sessions than enough do nothing at all is assumed.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from scipy import stats

from server.analysis.methods.adherence.attendance import Attendance
from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.result import Interval, Result
from server.errors import MethodError

_FEWEST_PER_ARM: Final = 3
_STRONG_F: Final = 10.0  # Staiger & Stock, Econometrica 1997; 65: 557-586


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplierEffect(Result):
    """`estimate` is of having come to enough sessions, in the outcome's unit, baseline adjusted.

    `first_stage_f` says how well the arm decides who came: below 10 the interval isn't to be had.
    """

    analysis: ClassVar[str] = "complier_effect"

    n_came: int
    share_came: float
    estimate: float
    se: float
    ci95: Interval
    df: int
    p: float
    first_stage_f: float | None


def estimate_complier_effect(design: TwoByTwo, attendance: Attendance) -> ComplierEffect:
    """Two-stage least squares of post ~ came + pre, with group for `came`, of the complete pairs.

    Standard error of equal variances, t with n - 3. Raises MethodError for fewer than 3 complete
    participants in an arm, nobody who came, a first stage below F = 10, and columns without spread.
    """
    kept = design.is_complete
    pairs = design.select(kept)
    pairs.check_arms("A complier effect", _FEWEST_PER_ARM)
    came = attendance.came[kept].astype(np.float64)
    told = f"a complier effect of {design.outcome}"
    first_f = _test_first_stage(told, pairs, came)
    second = np.column_stack([came, np.ones(pairs.n), pairs.pre])
    instruments = np.column_stack([pairs.is_training, np.ones(pairs.n), pairs.pre])
    inverse = np.linalg.inv(instruments.T @ second)
    fitted = inverse @ (instruments.T @ pairs.post)
    left, df = pairs.post - second @ fitted, pairs.n - second.shape[1]
    spread = float(left @ left) / df
    if spread <= 1e-20 * float(pairs.post @ pairs.post):
        raise MethodError(f"{told} leaves nothing over: the values have no spread of their own")
    se = float(np.sqrt(spread * (inverse @ instruments.T @ instruments @ inverse.T)[0, 0]))
    estimate, half = float(fitted[0]), float(stats.t.ppf(0.975, df)) * se
    return ComplierEffect(
        outcome=design.outcome,
        n=pairs.n,
        notes=(*design.describe_missing(), _describe_assumption()),
        n_came=int(came.sum()),
        share_came=float(came.sum()) / pairs.n_training,
        estimate=estimate,
        se=se,
        ci95=(estimate - half, estimate + half),
        df=df,
        p=float(2 * stats.t.sf(abs(estimate) / se, df)),
        first_stage_f=first_f,
    )


def _test_first_stage(told: str, pairs: TwoByTwo, came: Floats) -> float | None:
    """F of group in came ~ group + pre; None where everybody of training came, as it has no end."""
    if not came.any():
        raise MethodError(f"{told}: nobody of the training arm came to enough sessions")
    columns = np.column_stack([pairs.is_training, np.ones(pairs.n), pairs.pre])
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        raise MethodError(f"{told}: the baseline doesn't vary within the arms")
    if came.sum() == pairs.n_training:
        return None
    inverse = np.linalg.inv(columns.T @ columns)
    fitted = inverse @ columns.T @ came
    left = came - columns @ fitted
    spread = float(left @ left) / (pairs.n - columns.shape[1])
    f = float(fitted[0] ** 2 / (spread * inverse[0, 0]))
    if f < _STRONG_F:
        raise MethodError(
            f"{told}: too few came ({came.sum():g} of {pairs.n_training}; F = {f:.2f}, and "
            f"{_STRONG_F:g} are needed) for the arm to say who did"
        )
    return f


def _describe_assumption() -> str:
    return (
        "The complier effect takes it that fewer than 80 % of the sessions do nothing at all, and "
        "that being asked to train does nothing but through training."
    )
