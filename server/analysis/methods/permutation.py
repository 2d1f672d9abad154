"""Permutation tests of the two-by-two: of the arms' labels, and of the ANCOVA's residuals.

All permutations are one matrix, and each statistic is a matrix product: the F of one column
follows from its inner product with what is permuted, since the sum of squares stays.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

import numpy as np

from server.analysis.methods.ancova import FEWEST_PER_ARM
from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.linear_fit import fit_linear
from server.analysis.methods.result import Result
from server.errors import MethodError

REPLICATES: Final = 10_000
# A statistic of the same allocation again may differ by rounding, and still counts as reached.
_ROUNDING: Final = 1e-10


class Permuted(StrEnum):
    """What the arms are compared on."""

    MEAN = "mean"  # of pre and post: the mixed ANOVA's group
    CHANGE = "change"  # its group:time
    ADJUSTED_POST = "adjusted_post"  # the ANCOVA's group


@dataclass(frozen=True, slots=True, kw_only=True)
class Permutation(Result):
    """`estimate` is training minus control, `F` its observed statistic, on `df2` in its model.

    `p` is two-sided, (b + 1) / (replicates + 1) with b permutations that reach F: the observed
    order is one of those that were possible (Phipson & Smyth, Stat Appl Genet 2010; 9: 39).
    """

    analysis: ClassVar[str] = "permutation"

    measure: Permuted
    estimate: float
    F: float
    df2: int
    p: float
    replicates: int
    seed: int


def permute_labels(
    design: TwoByTwo, seed: int, replicates: int = REPLICATES
) -> tuple[Permutation, ...]:
    """The mixed ANOVA's `group` and `group:time` under `replicates` allocations drawn anew.

    The labels say nothing of `time`, which is no result here. Complete pairs only. Raises
    MethodError for fewer than three of them in an arm, and values without spread.
    """
    pairs = _select(design, replicates)
    permuted = _permute(pairs.is_training.astype(np.float64), seed, replicates)
    of_both = {Permuted.MEAN: (pairs.pre + pairs.post) / 2, Permuted.CHANGE: pairs.change}
    told = []
    for measure, values in of_both.items():
        centred = np.asarray(values - values.mean())
        _check_spread(design, centred, values)
        label = np.asarray(pairs.is_training - pairs.n_training / pairs.n)
        shares = _share((permuted @ centred) ** 2, label, centred)
        observed = _share((label @ centred) ** 2, label, centred)
        estimate = float(label @ centred / (label @ label))
        told.append(_tell(design, measure, estimate, observed, shares, pairs.n - 2, seed))
    return tuple(told)


def permute_ancova(design: TwoByTwo, seed: int, replicates: int = REPLICATES) -> Permutation:
    """The ANCOVA's group by permuted residuals of post ~ pre (Freedman & Lane, J Bus Econ Stat
    1983; 1: 292-298).

    Complete pairs only. Raises MethodError for fewer than three of them in an arm, values without
    spread, and a pre that doesn't vary within the arms.
    """
    pairs = _select(design, replicates)
    told = f"The permutation of the ANCOVA of {design.outcome}"
    one, group = np.ones(pairs.n), pairs.is_training.astype(np.float64)
    fit_linear(told, pairs.post, (one, group, pairs.pre))  # refuses what can't be told apart
    left = fit_linear(told, pairs.post, (one, pairs.pre)).residuals
    label = fit_linear(told, group, (one, pairs.pre)).residuals
    slope = pairs.pre - pairs.pre.mean()
    slope = slope / np.sqrt(slope @ slope)
    products = _permute(left, seed, replicates) @ np.column_stack([label, slope])
    # What permuted residuals have along pre is taken up by its slope again.
    remaining = np.maximum(left @ left - products[:, 1] ** 2, _ROUNDING * (left @ left))
    shares = products[:, 0] ** 2 / (label @ label) / remaining
    observed = _share((label @ left) ** 2, label, left)
    estimate = float(label @ left / (label @ label))
    return _tell(design, Permuted.ADJUSTED_POST, estimate, observed, shares, pairs.n - 3, seed)


def _select(design: TwoByTwo, replicates: int) -> TwoByTwo:
    if replicates < 1:
        raise MethodError(f"a permutation test needs at least 1 permutation, not {replicates}")
    pairs = design.select_complete()
    pairs.check_arms("A permutation test", FEWEST_PER_ARM)
    return pairs


def _permute(values: Floats, seed: int, replicates: int) -> Floats:
    """(replicates, n): each row in an order of its own."""
    generator = np.random.default_rng(seed)
    return generator.permuted(np.broadcast_to(values, (replicates, len(values))), axis=1)


def _share(products: Floats, label: Floats, left: Floats) -> Floats:
    """Of the sum of squares, what the label explains; F rises with it."""
    return np.asarray(products / (label @ label) / (left @ left))


def _check_spread(design: TwoByTwo, centred: Floats, values: Floats) -> None:
    if not np.abs(centred).max() > _ROUNDING * np.abs(values).max():
        raise MethodError(f"A permutation test of {design.outcome}: all values are the same")


def _tell(
    design: TwoByTwo,
    measure: Permuted,
    estimate: float,
    observed: Floats,
    shares: Floats,
    df2: int,
    seed: int,
) -> Permutation:
    pairs, share = design.select_complete(), float(observed)
    if share > 1 - _ROUNDING:
        raise MethodError(f"A permutation test of {design.outcome}: no spread within the arms")
    n_reached = int((shares >= share * (1 - _ROUNDING)).sum())
    n_allocations = math.comb(pairs.n, pairs.n_training)
    notes = [*design.describe_missing(), *design.describe_negative()]
    if n_allocations <= len(shares):
        notes.append(
            f"So few participants have only {n_allocations} allocations: p can't be smaller than "
            f"about {1 / n_allocations:.2g}."
        )
    return Permutation(
        outcome=design.outcome,
        n=pairs.n,
        notes=tuple(notes),
        measure=measure,
        estimate=estimate,
        F=share / (1 - share) * df2,
        df2=df2,
        p=(n_reached + 1) / (len(shares) + 1),
        replicates=len(shares),
        seed=seed,
    )
