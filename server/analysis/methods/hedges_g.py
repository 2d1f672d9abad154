"""Hedges' g with its exact correction, and an interval by the noncentral t."""

import math
from dataclasses import dataclass
from typing import ClassVar, Final

from scipy.special import gammaln

from server.analysis.methods.arms import Measure, select_arms
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.noncentral import find_noncentrality_of_t
from server.analysis.methods.result import LEVEL, Interval, IntervalResult, tell_tail

FEWEST_PER_ARM: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class HedgesG(IntervalResult):
    """Training minus control over the pooled SD of the `measure` itself, `df` being that SD's."""

    analysis: ClassVar[str] = "hedges_g"

    measure: Measure
    estimate: float
    ci: Interval
    df: int


def compute_exact_j(df: int) -> float:
    """Hedges' correction for small samples, not its approximation 1 - 3 / (4 df - 1).

    gamma(df / 2) / (sqrt(df / 2) gamma((df - 1) / 2)), Hedges, J Educ Stat 1981; 6: 107-128.
    """
    return math.exp(gammaln(df / 2) - 0.5 * math.log(df / 2) - gammaln((df - 1) / 2))


def estimate_hedges_g(design: TwoByTwo, measure: Measure, *, level: float = LEVEL) -> HedgesG:
    """Of the complete pairs; the interval is that of the noncentrality, corrected like g itself.

    Raises MethodError for fewer than two complete participants in an arm or no spread in both.
    """
    pairs = design.select_complete()
    pairs.check_arms("Hedges' g", FEWEST_PER_ARM)
    arms = select_arms(pairs, measure)
    arms.check_spread(f"Hedges' g of {design.outcome}, {measure}")
    df = pairs.n - 2
    scale = math.sqrt(1 / pairs.n_control + 1 / pairs.n_training)
    j = compute_exact_j(df)
    d = arms.difference / arms.pooled_sd
    tail = tell_tail(level)
    low, high = (find_noncentrality_of_t(d / scale, df, chance) for chance in (1 - tail, tail))
    return HedgesG(
        outcome=design.outcome,
        n=pairs.n,
        notes=(*design.describe_missing(), *design.describe_negative()),
        level=level,
        measure=measure,
        estimate=j * d,
        ci=(j * low * scale, j * high * scale),
        df=df,
    )
