"""The effect among those who come when they are asked to (CACE), arm as the instrument.

Angrist, Imbens & Rubin, J Am Stat Assoc 1996; 91: 444-455. Control can't come, so that everybody
who came is a complier; that fewer sessions than enough do nothing at all is assumed.
"""

from dataclasses import dataclass
from typing import ClassVar, Final, Self

import numpy as np
from scipy import stats

from server.analysis.methods.adherence.attendance import Attendance
from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.result import LEVEL, Interval, IntervalResult, tell_tail
from server.errors import MethodError

_FEWEST_PER_ARM: Final = 3
_ASSUMPTION: Final = (
    "The complier effect takes it that fewer than 80 % of the sessions do nothing at all, and that "
    "being asked to train does nothing but through training."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplierEffect(IntervalResult):
    """`estimate` is of having come to enough sessions, in the outcome's unit, baseline adjusted.

    `se` is that of two-stage least squares; `ci` and `p` don't rest on it. `first_stage_f` says
    how well the arm decides who came, None where all of training did.
    """

    analysis: ClassVar[str] = "complier_effect"

    n_came: int
    share_came: float
    estimate: float
    se: float
    ci: Interval
    df: int
    p: float
    first_stage_f: float | None


def estimate_complier_effect(
    design: TwoByTwo, attendance: Attendance, *, level: float = LEVEL
) -> ComplierEffect:
    """Of post ~ came + pre with group for `came`, of the complete pairs.

    The interval holds the effects that, taken off post of those who came, leave no difference of
    the arms at 1 - `level` (Anderson & Rubin, Ann Math Stat 1949; 20: 46-63): exact however few
    came. So p is that of the ANCOVA. Raises MethodError for fewer than 3 complete participants in
    an arm, nobody who came, too few for the interval to have ends, and columns without spread.
    """
    pairs = design.select_complete()
    pairs.check_arms("A complier effect", _FEWEST_PER_ARM)
    came = attendance.came[design.is_complete].astype(np.float64)
    _check(pairs, came)
    reduced = _Stages.of(pairs, came)
    low, high = reduced.find_interval(2 * tell_tail(level))
    p = float(stats.f.sf(reduced.post**2 / reduced.variance(0.0), 1, reduced.df))
    first = reduced.scale * reduced.left[1, 1] / reduced.df
    estimate = reduced.post / reduced.came
    return ComplierEffect(
        outcome=design.outcome,
        n=pairs.n,
        notes=(*design.describe_missing(), _ASSUMPTION),
        level=level,
        n_came=int(came.sum()),
        share_came=float(came.sum()) / pairs.n_training,
        estimate=estimate,
        se=_compute_error(pairs, came),
        ci=(low, high),
        df=reduced.df,
        p=p,
        first_stage_f=None if came.sum() == pairs.n_training else reduced.came**2 / first,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Stages:
    """`post` and `came`: what group makes of either, with `pre`; `left` (2, 2) what it leaves.

    `scale` times a residual variance is that of group's coefficient.
    """

    post: float
    came: float
    left: Floats
    scale: float
    df: int

    @classmethod
    def of(cls, pairs: TwoByTwo, came: Floats) -> Self:
        columns = _build_instruments(pairs)
        inverse = np.linalg.inv(columns.T @ columns)
        both = np.column_stack([pairs.post, came])
        fitted = inverse @ columns.T @ both
        rest = both - columns @ fitted
        df = pairs.n - columns.shape[1]
        return cls(
            float(fitted[0, 0]), float(fitted[0, 1]), rest.T @ rest, float(inverse[0, 0]), df
        )

    def variance(self, effect: float) -> float:
        """Of group's coefficient once `effect` is taken off post of those who came."""
        off = np.array([1.0, -effect])
        return float(self.scale * (off @ self.left @ off) / self.df)

    def find_interval(self, alpha: float) -> Interval:
        """Where the squared coefficient is below the critical F times its variance: a parabola."""
        share = float(stats.f.isf(alpha, 1, self.df)) * self.scale / self.df
        square = self.came**2 - share * float(self.left[1, 1])
        middle = self.post * self.came - share * float(self.left[0, 1])
        constant = self.post**2 - share * float(self.left[0, 0])
        if square <= 0:
            raise MethodError(
                "a complier effect: too few came for the arm to say who did; its interval has no "
                "ends"
            )
        half = float(np.sqrt(middle**2 - square * constant))
        return ((middle - half) / square, (middle + half) / square)


def _build_instruments(pairs: TwoByTwo) -> Floats:
    return np.column_stack([pairs.is_training, np.ones(pairs.n), pairs.pre])


def _compute_error(pairs: TwoByTwo, came: Floats) -> float:
    """Of two-stage least squares, with equal variances."""
    instruments = _build_instruments(pairs)
    second = np.column_stack([came, np.ones(pairs.n), pairs.pre])
    inverse = np.linalg.inv(instruments.T @ second)
    left = pairs.post - second @ (inverse @ instruments.T @ pairs.post)
    spread = float(left @ left) / (pairs.n - second.shape[1])
    return float(np.sqrt(spread * (inverse @ instruments.T @ instruments @ inverse.T)[0, 0]))


def _check(pairs: TwoByTwo, came: Floats) -> None:
    told = f"a complier effect of {pairs.outcome}"
    columns = _build_instruments(pairs)
    if not came.any():
        raise MethodError(f"{told}: nobody of the training arm came to enough sessions")
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        raise MethodError(f"{told}: the baseline doesn't vary within the arms")
    left = pairs.post - columns @ np.linalg.lstsq(columns, pairs.post, rcond=None)[0]
    if float(left @ left) <= 1e-20 * float(pairs.post @ pairs.post):
        raise MethodError(f"{told} leaves nothing over: the values have no spread of their own")
