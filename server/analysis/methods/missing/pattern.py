"""Which measurements are there, by arm, and whether those without a post began elsewhere."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from server.analysis.methods.design import Flags, TwoByTwo
from server.analysis.methods.result import Result


@dataclass(frozen=True, slots=True)
class ArmPattern:
    """Participants of one arm. The means of `pre` are None where nobody is to be averaged."""

    n_both: int
    n_pre_only: int
    n_post_only: int
    n_neither: int
    mean_pre_with_post: float | None
    mean_pre_without_post: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPattern(Result):
    """`n` counts every participant of both arms, measured or not."""

    analysis: ClassVar[str] = "missing_pattern"

    control: ArmPattern
    training: ArmPattern


def tabulate_missing(design: TwoByTwo) -> MissingPattern:
    """Counts and baseline means; a test of "missing at random" doesn't exist and isn't given."""
    note = (
        "Whether what is missing differs from what is there can't be seen from the data; the "
        "tipping point says how much it would have to."
    )
    return MissingPattern(
        outcome=design.outcome,
        n=design.n,
        notes=() if design.is_complete.all() else (note,),
        control=_tabulate_arm(design, ~design.is_training),
        training=_tabulate_arm(design, design.is_training),
    )


def _tabulate_arm(design: TwoByTwo, arm: Flags) -> ArmPattern:
    has_pre, has_post = ~np.isnan(design.pre), ~np.isnan(design.post)
    return ArmPattern(
        n_both=int((arm & has_pre & has_post).sum()),
        n_pre_only=int((arm & has_pre & ~has_post).sum()),
        n_post_only=int((arm & ~has_pre & has_post).sum()),
        n_neither=int((arm & ~has_pre & ~has_post).sum()),
        mean_pre_with_post=_average(design, arm & has_pre & has_post),
        mean_pre_without_post=_average(design, arm & has_pre & ~has_post),
    )


def _average(design: TwoByTwo, rows: Flags) -> float | None:
    return float(design.pre[rows].mean()) if rows.any() else None
