"""ANCOVA in which what lies below the LLOQ counts as half of it: common, and known to be crude."""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from server.analysis.methods.ancova import FEWEST_PER_ARM
from server.analysis.methods.censored.censoring import CensoredColumn, Censoring
from server.analysis.methods.censored.result import CensoredComparison
from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.linear_fit import fit_linear
from server.analysis.methods.result import LEVEL
from server.errors import MethodError

_NOTE = (
    "Sensitivity analysis: half the LLOQ stands where a value is below it, before and after, as "
    "if it had been measured; the spread of those values is lost, so that the interval is too "
    "narrow where they are many (Helsel 2006). Values above the ULOQ are left out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfLimitAncova(CensoredComparison):
    """post ~ group + pre by least squares; `df` of t."""

    analysis: ClassVar[str] = "ancova_half_lloq"

    df: int
    n_substituted: int


def fit_half_limit(
    design: TwoByTwo, censoring: Censoring, *, level: float = LEVEL
) -> HalfLimitAncova:
    """Raises MethodError where nothing is below a known LLOQ, and as `fit_ancova` does."""
    pre = _substitute(design.pre, censoring.pre)
    post = _substitute(design.post, censoring.post)
    n_substituted = int((~np.isnan(pre) & np.isnan(design.pre)).sum())
    n_substituted += int((~np.isnan(post) & np.isnan(design.post)).sum())
    if not n_substituted:
        raise MethodError(f"no value of {design.outcome} is below an LLOQ that is known")
    filled = replace(design, pre=pre, post=post)
    pairs, is_kept = filled.select_complete(), filled.is_complete
    told = "ANCOVA with half the LLOQ"
    pairs.check_arms(told, FEWEST_PER_ARM)
    group = pairs.is_training.astype(np.float64)
    columns = (np.ones(pairs.n), group, pairs.pre)
    fit = fit_linear(f"{told} of {design.outcome}", pairs.post, columns, level=level)
    effect = fit.coefficients[1]
    return HalfLimitAncova(
        outcome=design.outcome,
        n=pairs.n,
        notes=(_NOTE,),
        level=level,
        estimate=effect.estimate,
        se=effect.se,
        ci=effect.ci,
        p=effect.p,
        df=fit.df,
        n_below=int(censoring.post.is_below[is_kept].sum()),
        n_above=0,
        n_left_out=design.n - pairs.n,
        n_substituted=n_substituted,
    )


def _substitute(column: Floats, censored: CensoredColumn) -> Floats:
    return np.where(censored.is_below, censored.limit / 2, column)
