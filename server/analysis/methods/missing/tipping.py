"""How much worse the missing posts would have to be for the ANCOVA to say something else."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.missing.imputation import (
    FEWEST_PER_ARM,
    SETS,
    build_columns,
    impute_posts,
    measure_spread,
    require_sets,
    tell_left_out,
)
from server.analysis.methods.missing.pooling import pool_ancova
from server.analysis.methods.result import LEVEL, Interval, IntervalResult, tell_tail
from server.errors import MethodError

REACH_SD: Final = 3.0  # of the residual spread; further off, nobody would believe it
STEPS: Final = 60  # on either side of 0


@dataclass(frozen=True, slots=True)
class Shifted:
    """The pooled ANCOVA when every imputed post of the training arm is `delta` more."""

    delta: float
    estimate: float
    ci: Interval
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TippingPoint(IntervalResult):
    """`estimate`, `se`, `ci`, `df`, `p` are at delta 0: missing at random.

    `n` counts participants with a baseline. `tipping_delta` is the delta nearest to 0, in the
    outcome's unit, at which p passes 1 - `level` or falls below it, None where none within
    `largest_delta` does; `shifted` is the way there and beyond, in steps.
    """

    analysis: ClassVar[str] = "tipping_point"

    estimate: float
    se: float
    ci: Interval
    df: float
    p: float
    n_imputed_control: int
    n_imputed_training: int
    tipping_delta: float | None
    largest_delta: float
    shifted: tuple[Shifted, ...]
    sets: int
    seed: int


def find_tipping_point(
    design: TwoByTwo, seed: int, sets: int = SETS, *, level: float = LEVEL
) -> TippingPoint:
    """Delta-adjusted multiple imputation of post ~ group + pre (Carpenter & Kenward 2013, 10.3).

    The same draws serve every delta, so that the way is smooth and the same seed gives the same.
    Raises MethodError where no post of the training arm is missing, for fewer than 3 complete pairs
    in an arm, a baseline that doesn't vary and fewer than 20 sets.
    """
    require_sets(sets)
    begun = design.select(~np.isnan(design.pre))
    is_missing = np.isnan(begun.post)
    _check(begun)
    posts = impute_posts(begun, sets, seed)
    largest = REACH_SD * measure_spread(begun)
    deltas = np.linspace(-largest, largest, 2 * STEPS + 1)
    moved = (is_missing & begun.is_training).astype(np.float64)
    pooled = [pool_ancova(begun, posts + delta * moved, level) for delta in deltas]
    at_random, alpha = pooled[STEPS], 2 * tell_tail(level)
    tipping = _find_nearest_turn(deltas, np.array([one.p for one in pooled]), alpha)
    return TippingPoint(
        outcome=design.outcome,
        n=begun.n,
        notes=_list_notes(design, begun, (tipping, largest), alpha),
        level=level,
        estimate=at_random.estimate,
        se=at_random.se,
        ci=at_random.ci,
        df=at_random.df,
        p=at_random.p,
        n_imputed_control=int((is_missing & ~begun.is_training).sum()),
        n_imputed_training=int(moved.sum()),
        tipping_delta=tipping,
        largest_delta=largest,
        shifted=tuple(
            Shifted(float(delta), one.estimate, one.ci, one.p)
            for delta, one in zip(deltas, pooled, strict=True)
        ),
        sets=sets,
        seed=seed,
    )


def _check(begun: TwoByTwo) -> None:
    pairs = begun.select_complete()
    pairs.check_arms("A tipping point", FEWEST_PER_ARM)
    if not (np.isnan(begun.post) & begun.is_training).any():
        raise MethodError(
            f"no post of {begun.outcome} is missing in the training arm among those with a "
            "baseline: there is nothing to shift"
        )
    if np.linalg.matrix_rank(build_columns(pairs)) < 3:
        raise MethodError(f"the baseline of {begun.outcome} doesn't vary within the arms")
    if measure_spread(begun) <= 1e-9 * np.abs(pairs.post).max():
        raise MethodError(f"{begun.outcome} has no spread beside arm and baseline: nothing to draw")


def _find_nearest_turn(deltas: Floats, p_values: Floats, alpha: float) -> float | None:
    """The delta nearest to 0 whose verdict at `alpha` isn't that of 0."""
    turned = (p_values < alpha) != (p_values[STEPS] < alpha)
    if not turned.any():
        return None
    candidates = deltas[turned]
    return float(candidates[np.abs(candidates).argmin()])


def _list_notes(
    design: TwoByTwo, begun: TwoByTwo, found: tuple[float | None, float], alpha: float
) -> tuple[str, ...]:
    (tipping, largest), notes = found, [*tell_left_out(design.n - begun.n)]
    if tipping is None:
        notes.append(
            f"No shift of the missing posts of training by up to {largest:.4g} turns the verdict "
            f"at {alpha:g}."
        )
    else:
        notes.append(
            f"The verdict at {alpha:g} turns when the missing posts of training are "
            f"{abs(tipping):.4g} {'lower' if tipping < 0 else 'higher'} than arm and baseline "
            "predict: whether that can be is a judgement, not a number."
        )
    return tuple(notes)
