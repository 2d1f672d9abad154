"""The ANCOVA of everybody with a baseline, missing posts imputed several times: a sensitivity."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from server.analysis.methods.design import Flags, Floats, TwoByTwo
from server.analysis.methods.missing.imputation import (
    FEWEST_PER_ARM,
    SETS,
    build_columns,
    impute_posts,
    require_sets,
    tell_left_out,
)
from server.analysis.methods.missing.pooling import pool_ancova
from server.analysis.methods.result import LEVEL, Interval, IntervalResult
from server.errors import MethodError

_AT_RANDOM: Final = (
    "Imputed posts are right if what is missing is explained by what they are imputed from; the "
    "tipping point says how far they may be otherwise."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleImputation(IntervalResult):
    """`estimate` is training minus control in the outcome's unit, at the same `pre`, of `n`.

    `n` counts participants with a baseline; `imputed_from` names what missing posts are drawn by,
    in `sets` sets. `df` need not be whole.
    """

    analysis: ClassVar[str] = "multiple_imputation"

    estimate: float
    se: float
    ci: Interval
    df: float
    p: float
    n_imputed_control: int
    n_imputed_training: int
    imputed_from: tuple[str, ...]
    sets: int
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class Dose:
    """(n,) of the design's rows, missing in control."""

    name: str
    values: Floats


def impute_and_pool(
    design: TwoByTwo, seed: int, dose: Dose | None = None, sets: int = SETS, *, level: float = LEVEL
) -> MultipleImputation:
    """Posts drawn by group, pre and, in training, the dose; the ANCOVA pooled by Rubin's rules.

    A dose that somebody who trains lacks, or that is the same for all, is left out with a note.
    Raises MethodError where no post of somebody with a baseline is missing, for fewer than 3
    complete pairs in an arm, what has no spread, and fewer than 20 sets.
    """
    require_sets(sets)
    has_pre = ~np.isnan(design.pre)
    begun = design.select(has_pre)
    begun.select_complete().check_arms("Multiple imputation", FEWEST_PER_ARM)
    beside, notes = _choose_beside(begun, dose, has_pre)
    _check(begun, beside)
    pooled = pool_ancova(begun, impute_posts(begun, sets, seed, beside), level)
    is_missing = np.isnan(begun.post)
    names = ("group", "pre", *((dose.name,) if dose is not None and beside.shape[1] else ()))
    return MultipleImputation(
        outcome=design.outcome,
        n=begun.n,
        notes=(_AT_RANDOM, *notes, *tell_left_out(design.n - begun.n)),
        level=level,
        estimate=pooled.estimate,
        se=pooled.se,
        ci=pooled.ci,
        df=pooled.df,
        p=pooled.p,
        n_imputed_control=int((is_missing & ~begun.is_training).sum()),
        n_imputed_training=int((is_missing & begun.is_training).sum()),
        imputed_from=names,
        sets=sets,
        seed=seed,
    )


def _choose_beside(
    begun: TwoByTwo, dose: Dose | None, has_pre: Flags
) -> tuple[Floats, tuple[str, ...]]:
    """(n, 1) dose about training's mean, 0 in control, so that it says nothing of the arm."""
    nothing = np.empty((begun.n, 0))
    if dose is None:
        return nothing, ()
    of_training = dose.values[has_pre][begun.is_training]
    n_lacking = int(np.isnan(of_training).sum())
    if n_lacking:
        told = f"{dose.name} is missing for {n_lacking} who train, and no post is imputed from it."
        return nothing, (told,)
    if np.ptp(of_training) <= 1e-12 * float(np.abs(of_training).max()):
        return nothing, (f"{dose.name} is the same for all, and no post is imputed from it.",)
    column = np.zeros(begun.n)
    column[begun.is_training] = of_training - of_training.mean()
    return column[:, None], ()


def _check(begun: TwoByTwo, beside: Floats) -> None:
    told = f"multiple imputation of {begun.outcome}"
    pairs = begun.select_complete()
    if begun.is_complete.all():
        raise MethodError(f"{told}: no post of somebody with a baseline is missing")
    columns = build_columns(begun, beside)[begun.is_complete]
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        raise MethodError(f"{told} can't tell its terms apart: one of them doesn't vary by itself")
    left = pairs.post - columns @ np.linalg.lstsq(columns, pairs.post, rcond=None)[0]
    if float(left @ left) <= 1e-18 * float(pairs.post @ pairs.post):
        raise MethodError(f"{told}: the values have no spread of their own, there is nothing drawn")
