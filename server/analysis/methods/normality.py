"""Shapiro-Wilk on what the analyses leave over, and within each arm. Advice, and never a gate."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

import numpy as np
from scipy import stats

from server.analysis.methods.arms import Measure, have_spread, select_arms
from server.analysis.methods.design import CONTROL, TRAINING, Floats, TwoByTwo
from server.analysis.methods.linear_fit import fit_linear
from server.analysis.methods.result import Result

FEWEST_PER_ARM: Final = 3  # Shapiro & Wilk 1965 begin there


class ShapeOf(StrEnum):
    """Values whose normality is tested. Raw values of both arms together never are: two arms that
    differ have two summits, and are no sign of anything."""

    RESIDUALS = "residuals"  # from the own arm's mean
    TRAINING = TRAINING
    CONTROL = CONTROL
    ANCOVA_RESIDUALS = "ancova_residuals"  # of post, as the primary analysis leaves them


@dataclass(frozen=True, slots=True, kw_only=True)
class Normality(Result):
    """W and p of Shapiro-Wilk; None where all values are the same, which a note says."""

    analysis: ClassVar[str] = "normality"

    timepoint: Measure
    on: ShapeOf
    W: float | None
    p: float | None


def check_normality(design: TwoByTwo) -> tuple[Normality, ...]:
    """Of pre, post and change, on residuals and in each arm; last on the ANCOVA's residuals.

    Complete pairs only. Raises MethodError for fewer than three of them in an arm.
    """
    pairs = design.select_complete()
    pairs.check_arms("Shapiro-Wilk", FEWEST_PER_ARM)
    told = []
    for measure in Measure:
        arms = select_arms(pairs, measure)
        told.append(_test(design, measure, ShapeOf.RESIDUALS, arms.within, arms.size))
        told.append(_test(design, measure, ShapeOf.TRAINING, arms.training, arms.size))
        told.append(_test(design, measure, ShapeOf.CONTROL, arms.control, arms.size))
    group = pairs.is_training.astype(np.float64)
    columns = (np.ones(pairs.n), group, pairs.pre)
    residuals = fit_linear(f"ANCOVA of {design.outcome}", pairs.post, columns).residuals
    return (*told, _test(design, Measure.POST, ShapeOf.ANCOVA_RESIDUALS, residuals, 0.0))


def _test(
    design: TwoByTwo, measure: Measure, on: ShapeOf, values: Floats, size: float
) -> Normality:
    notes = design.describe_missing()
    w: float | None = None
    p: float | None = None
    if have_spread(values, size):
        w, p = (float(number) for number in stats.shapiro(values))
    else:
        notes += ("All values are the same: there is no shape to test.",)
    return Normality(
        outcome=design.outcome, n=len(values), notes=notes, timepoint=measure, on=on, W=w, p=p
    )
