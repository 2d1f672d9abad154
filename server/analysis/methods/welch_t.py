"""Welch's t: two means without equal variances."""

import math
from dataclasses import dataclass
from typing import ClassVar, Final

from scipy.special import stdtr, stdtrit

from server.analysis.methods.arms import Measure, select_arms
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.result import LEVEL, Interval, IntervalResult, tell_tail

FEWEST_PER_ARM: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WelchT(IntervalResult):
    """`estimate` is mean of training minus mean of control; `df` is Satterthwaite's."""

    analysis: ClassVar[str] = "welch_t"

    measure: Measure
    estimate: float
    se: float
    ci: Interval
    t: float
    df: float
    p: float


def compare_by_welch(design: TwoByTwo, measure: Measure, *, level: float = LEVEL) -> WelchT:
    """Of the complete pairs (Welch, Biometrika 1947; 34: 28-35).

    Raises MethodError for fewer than two complete participants in an arm or no spread in both.
    """
    pairs = design.select_complete()
    pairs.check_arms("Welch's t", FEWEST_PER_ARM)
    arms = select_arms(pairs, measure)
    arms.check_spread(f"Welch's t of {design.outcome}, {measure}")
    shares = [float(arm.var(ddof=1)) / len(arm) for arm in (arms.control, arms.training)]
    control_df, training_df = pairs.n_control - 1, pairs.n_training - 1
    df = sum(shares) ** 2 / (shares[0] ** 2 / control_df + shares[1] ** 2 / training_df)
    se = math.sqrt(sum(shares))
    t = arms.difference / se
    reach = float(stdtrit(df, 1 - tell_tail(level))) * se
    return WelchT(
        outcome=design.outcome,
        n=pairs.n,
        notes=(*design.describe_missing(), *design.describe_negative()),
        level=level,
        measure=measure,
        estimate=arms.difference,
        se=se,
        ci=(arms.difference - reach, arms.difference + reach),
        t=t,
        df=df,
        p=2 * float(stdtr(df, -abs(t))),
    )
