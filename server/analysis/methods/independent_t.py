"""Baseline columns by arm: Student's t, as published tables have it, and how far apart they are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from server.analysis.methods.arms import Arms
from server.analysis.methods.counted import be
from server.analysis.methods.design import CONTROL, TRAINING, read_arms, read_column
from server.analysis.methods.result import LEVEL, Interval, IntervalResult, tell_tail
from server.errors import MethodError

FEWEST_PER_ARM: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class IndependentT(IntervalResult):
    """One baseline column, named in `measure`; `outcome` is None.

    `estimate` and `ci` are training minus control in the column's unit, t with `df` assumes
    equal variances. `standardised_difference` is over the root of the arms' mean variance (Austin,
    Stat Med 2009; 28: 3083-3107), which no sample size moves.
    """

    analysis: ClassVar[str] = "independent_t"

    measure: str
    estimate: float
    ci: Interval
    t: float
    df: int
    p: float
    standardised_difference: float


def compare_baseline(
    measure: str,
    codes: Sequence[str],
    group: Sequence[str],
    values: ArrayLike,
    *,
    level: float = LEVEL,
) -> IndependentT:
    """(n,) values of one column, None or NaN where missing; those are left out with a note.

    Raises MethodError for what is no column of numbers, fewer than two values in an arm, and a
    column that is constant in both arms.
    """
    is_training = read_arms(codes, group)
    column = read_column(measure, codes, values)
    present = ~np.isnan(column)
    arms = Arms(column[present & ~is_training], column[present & is_training])
    _check_size(measure, arms)
    arms.check_spread(f"Student's t of {measure}")
    df = arms.n - 2
    se = arms.pooled_sd * math.sqrt(1 / len(arms.control) + 1 / len(arms.training))
    t = arms.difference / se
    reach = float(stdtrit(df, 1 - tell_tail(level))) * se
    mean_variance = (arms.control.var(ddof=1) + arms.training.var(ddof=1)) / 2
    return IndependentT(
        outcome=None,
        n=arms.n,
        notes=_describe_missing(measure, arms, len(codes)),
        level=level,
        measure=measure,
        estimate=arms.difference,
        ci=(arms.difference - reach, arms.difference + reach),
        t=t,
        df=df,
        p=2 * float(stdtr(df, -abs(t))),
        standardised_difference=arms.difference / float(np.sqrt(mean_variance)),
    )


def _check_size(measure: str, arms: Arms) -> None:
    for arm, values in ((CONTROL, arms.control), (TRAINING, arms.training)):
        if len(values) < FEWEST_PER_ARM:
            raise MethodError(
                f"Student's t of {measure} needs at least {FEWEST_PER_ARM} values in each arm; "
                f"{arm} has {len(values)}"
            )


def _describe_missing(measure: str, arms: Arms, n: int) -> tuple[str, ...]:
    if arms.n == n:
        return ()
    return (
        f"{n - arms.n} of {n} participants {be(n - arms.n)} left out, as {measure} is missing.",
    )
