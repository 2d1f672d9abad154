"""Levene's test about both centres: SPSS's, about means, and Brown and Forsythe's, R's default."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

import numpy as np
from scipy import stats

from server.analysis.methods.arms import Arms, Measure, have_spread, select_arms
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.result import Result

FEWEST_PER_ARM: Final = 3  # two are equally far from their centre, whatever they are


class Center(StrEnum):
    """What the distances are measured from."""

    MEAN = "mean"  # Levene 1960
    MEDIAN = "median"  # Brown & Forsythe, J Am Stat Assoc 1974; 69: 364-367


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceHomogeneity(Result):
    """F(df1, df2) and p; None where the distances have no spread, which a note says."""

    analysis: ClassVar[str] = "variance_homogeneity"

    timepoint: Measure
    center: Center
    F: float | None
    df1: int
    df2: int
    p: float | None


def check_variance_homogeneity(design: TwoByTwo) -> tuple[VarianceHomogeneity, ...]:
    """Of pre, post and change, about mean and median. Advice: Welch's t and HC3 need no answer.

    Complete pairs only. Raises MethodError for fewer than three of them in an arm.
    """
    pairs = design.select_complete()
    pairs.check_arms("Levene's test", FEWEST_PER_ARM)
    return tuple(
        _test(design, measure, center, select_arms(pairs, measure))
        for measure in Measure
        for center in Center
    )


def _test(design: TwoByTwo, measure: Measure, center: Center, arms: Arms) -> VarianceHomogeneity:
    notes = design.describe_missing()
    find_center = np.mean if center is Center.MEAN else np.median
    f: float | None = None
    p: float | None = None
    distances = [np.abs(arm - find_center(arm)) for arm in (arms.control, arms.training)]
    if any(have_spread(of_arm, arms.size) for of_arm in distances):
        tested = stats.levene(arms.control, arms.training, center=center.value)
        f, p = float(tested.statistic), float(tested.pvalue)
    else:
        notes += ("All values are equally far from their centre: there is no spread to compare.",)
    return VarianceHomogeneity(
        outcome=design.outcome,
        n=arms.n,
        notes=notes,
        timepoint=measure,
        center=center,
        F=f,
        df1=1,
        df2=arms.n - 2,
        p=p,
    )
