"""The primary analysis: the outcome after the eight weeks by arm, adjusted for the one before.

post ~ group + pre (Vickers & Altman, BMJ 2001; 323: 1123-1124), which doesn't hang on a test of
its assumptions: slopes and the log scale are told beside it, and change nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final, TypeVar

import numpy as np

from server.analysis.methods.ancova_checks import (
    LogScale,
    SlopeHomogeneity,
    check_log_scale,
    check_slope_homogeneity,
    describe_checks,
)
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.eta_squared import (
    ETA_CONVENTION,
    EtaConvention,
    compute_partial_eta_squared,
    compute_partial_eta_squared_ci90,
)
from server.analysis.methods.holm import adjust_by_holm
from server.analysis.methods.linear_fit import fit_linear
from server.analysis.methods.result import LEVEL, Interval, IntervalResult
from server.analysis.methods.small_sample import describe_small
from server.errors import MethodError

T = TypeVar("T")
_REFUSED_NOTE: Final = "{n} co-primary outcomes were refused and count in Holm's family with p = 1."
FEWEST_PER_ARM: Final = 3  # so that slopes of their own leave degrees of freedom


@dataclass(frozen=True, slots=True)
class ArmMeans:
    """One number an arm, in the outcome's unit."""

    control: float
    training: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancova(IntervalResult):
    """`estimate` is training minus control in the outcome's unit, at the same `pre`.

    `se` and `ci` assume equal variances, `ci_hc3` doesn't; both are of t with `df2`. F, df1,
    df2 and p are the group's (type II and III are one without interaction). `slope` is the
    outcome's per unit of pre; `adjusted_means` are at the mean pre of all. `p_holm` is None until
    `adjust_co_primary` has seen the other outcomes; `log_scale` where a value isn't above 0, and
    `slope_homogeneity` where an arm has no slope to be tested.
    """

    analysis: ClassVar[str] = "ancova"

    n_control: int
    n_training: int
    estimate: float
    se: float
    ci: Interval
    ci_hc3: Interval
    F: float
    df1: int
    df2: int
    p: float
    p_holm: float | None
    partial_eta_squared: float
    partial_eta_squared_ci90: Interval
    partial_eta_squared_convention: EtaConvention
    slope: float
    adjusted_means: ArmMeans
    slope_homogeneity: SlopeHomogeneity | None
    log_scale: LogScale | None


def fit_ancova(design: TwoByTwo, *, level: float = LEVEL) -> Ancova:
    """Of the complete pairs; who is left out is told in the notes. `level` is of the intervals.

    Raises MethodError for fewer than three complete participants in an arm, a pre that doesn't
    vary within the arms, a post without spread, and what else `fit_linear` refuses.
    """
    pairs = design.select_complete()
    told = f"ANCOVA of {design.outcome}"
    pairs.check_arms("ANCOVA", FEWEST_PER_ARM)
    group = pairs.is_training.astype(np.float64)
    fit = fit_linear(told, pairs.post, (np.ones(pairs.n), group, pairs.pre), level=level)
    intercept, effect, slope = fit.coefficients
    control = intercept.estimate + slope.estimate * float(pairs.pre.mean())
    f = effect.t**2
    result = Ancova(
        outcome=design.outcome,
        n=pairs.n,
        level=level,
        n_control=pairs.n_control,
        n_training=pairs.n_training,
        estimate=effect.estimate,
        se=effect.se,
        ci=effect.ci,
        ci_hc3=effect.ci_hc3,
        F=f,
        df1=1,
        df2=fit.df,
        p=effect.p,
        p_holm=None,
        partial_eta_squared=compute_partial_eta_squared(f, fit.df),
        partial_eta_squared_ci90=compute_partial_eta_squared_ci90(f, fit.df),
        partial_eta_squared_convention=ETA_CONVENTION,
        slope=slope.estimate,
        adjusted_means=ArmMeans(control, control + effect.estimate),
        slope_homogeneity=_try_check(check_slope_homogeneity, pairs),
        log_scale=_try_check(lambda of: check_log_scale(of, level=level), pairs),
    )
    notes = (
        *design.describe_missing(),
        *design.describe_negative(),
        *describe_small(pairs),
        *describe_checks(effect, result.slope_homogeneity, result.log_scale, level),
    )
    return replace(result, notes=notes)


def _try_check(check: Callable[[TwoByTwo], T | None], pairs: TwoByTwo) -> T | None:
    """A check that the data don't allow says nothing, and the primary analysis stands."""
    try:
        return check(pairs)
    except MethodError:
        return None


def adjust_co_primary(
    results: Sequence[Ancova], n_outcomes: int | None = None
) -> tuple[Ancova, ...]:
    """The same results with `p_holm` over all outcomes named in advance.

    `n_outcomes`: how many those are, where some were refused: each counts as p = 1, not as none.
    Raises MethodError for an outcome that occurs twice.
    """
    outcomes = [result.outcome for result in results]
    if len(set(outcomes)) < len(outcomes):
        raise MethodError(f"an outcome is primary once only: {', '.join(map(str, outcomes))}")
    n_refused = 0 if n_outcomes is None else n_outcomes - len(results)
    adjusted = adjust_by_holm([*(result.p for result in results), *[1.0] * n_refused])
    notes = (_REFUSED_NOTE.format(n=n_refused),) if n_refused else ()
    return tuple(
        replace(result, p_holm=p_holm, notes=(*result.notes, *notes))
        for result, p_holm in zip(results, adjusted, strict=False)
    )
