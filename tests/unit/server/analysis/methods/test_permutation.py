"""Against scipy 1.17.1's permutation_test of |difference of means| (400,000 of them), and R 4.2.2:

F0 and F of lm.fit(cbind(1, group, pre), fitted(m0) + sample(resid(m0))), m0 being lm(post ~ pre),
60,000 times. In both 25 was taken off every post of training, so that p is no tiny number.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest

from server.analysis.methods.ancova import fit_ancova
from server.analysis.methods.design import Floats, TwoByTwo
from server.analysis.methods.mixed_anova import fit_mixed_anova
from server.analysis.methods.permutation import Permuted, permute_ancova, permute_labels
from server.errors import MethodError
from tests.two_arm_outcomes import balanced, incomplete, unbalanced

SEED = 20260301
FOUR_SE = 4.0


def _weaker(design: TwoByTwo) -> TwoByTwo:
    group = ["training" if flag else "control" for flag in design.is_training]
    post = design.post - 25 * design.is_training
    return TwoByTwo.from_arrays("bdnf", design.codes, group, design.pre, post)


def _reach(p: float, replicates: int = 10_000) -> float:
    """How far a p of so many permutations may lie off."""
    return FOUR_SE * math.sqrt(p * (1 - p) / replicates)


@pytest.mark.parametrize(
    ("make", "mean", "change"),
    [
        (balanced, 0.42715, 0.14712),
        (unbalanced, 0.68098, 0.08276),
        (incomplete, 0.90081, 0.17199),
    ],
)
def test_labels_as_scipy_has_them(make: Callable[[], TwoByTwo], mean: float, change: float) -> None:
    design = _weaker(make())
    of_mean, of_change = permute_labels(design, SEED)
    assert (of_mean.measure, of_change.measure) == (Permuted.MEAN, Permuted.CHANGE)
    assert of_mean.p == pytest.approx(mean, abs=_reach(mean))
    assert of_change.p == pytest.approx(change, abs=_reach(change))
    group, _, interaction = fit_mixed_anova(design)
    assert pytest.approx((group.F, interaction.F)) == (of_mean.F, of_change.F)
    assert of_change.df2 == interaction.df2


@pytest.mark.parametrize(
    ("make", "f", "p"),
    [
        (balanced, 2.710272, 0.112015),
        (unbalanced, 1.520228, 0.231863),
        (incomplete, 1.478439, 0.234879),
    ],
)
def test_residuals_as_r_has_them(make: Callable[[], TwoByTwo], f: float, p: float) -> None:
    design = _weaker(make())
    told = permute_ancova(design, SEED)
    assert math.isclose(told.F, f, abs_tol=1e-6)
    assert told.p == pytest.approx(p, abs=_reach(p) + _reach(p, 60_000))
    ancova = fit_ancova(design)
    assert (told.estimate, told.F, told.df2) == pytest.approx(
        (ancova.estimate, ancova.F, ancova.df2)
    )


def test_the_closed_form_is_the_whole_fit() -> None:
    """Each of 400 permutations fitted with all its columns by numpy's lstsq."""
    pairs = _weaker(unbalanced())
    full = np.column_stack([np.ones(pairs.n), pairs.is_training, pairs.pre])
    reduced = full[:, [0, 2]]
    fitted = reduced @ np.linalg.lstsq(reduced, pairs.post)[0]
    left = pairs.post - fitted
    orders = np.random.default_rng(SEED).permuted(np.broadcast_to(left, (400, pairs.n)), axis=1)
    observed = _f(full, reduced, pairs.post)
    n_reached = sum(_f(full, reduced, fitted + order) >= observed for order in orders)
    told = permute_ancova(pairs, SEED, 400)
    assert math.isclose(told.F, observed, rel_tol=1e-9)
    assert told.p == (n_reached + 1) / 401


def _f(full: Floats, reduced: Floats, y: Floats) -> float:
    rss, more = (float(np.linalg.lstsq(x, y)[1][0]) for x in (full, reduced))
    return (more - rss) / (rss / (len(y) - 3))


def test_small_enough_to_be_counted() -> None:
    """scipy 1.17.1's permutation_test over all 252 allocations: p = 0.1984126984."""
    posts = [3.1, 5.2, 4.4, 9.1, 2.0, 6.2, 8.8, 7.5, 9.9, 3.3]
    group = ["control"] * 5 + ["training"] * 5
    design = TwoByTwo.from_arrays("bdnf", list("abcdefghij"), group, [0.0] * 10, posts)
    _, of_change = permute_labels(design, SEED)
    assert of_change.p == pytest.approx(0.1984126984, abs=_reach(0.198))
    (note,) = of_change.notes
    assert note.startswith("So few participants have only 252 allocations: p can't be smaller")


def test_the_same_seed_gives_the_same_p() -> None:
    design = _weaker(balanced())
    assert permute_ancova(design, 5) == permute_ancova(design, 5)
    assert permute_labels(design, 5) == permute_labels(design, 5)
    assert permute_ancova(design, 5).p != permute_ancova(design, 6).p


def test_p_is_never_zero() -> None:
    design = balanced()
    far = TwoByTwo.from_arrays(
        "bdnf",
        design.codes,
        ["training" if flag else "control" for flag in design.is_training],
        design.pre,
        design.post + 1000 * design.is_training,
    )
    assert permute_ancova(far, SEED, 999).p == 0.001


def test_names_of_its_json() -> None:
    shown = permute_ancova(incomplete(), 7).to_json()
    promised = {
        "analysis",
        "outcome",
        "n",
        "notes",
        "measure",
        "estimate",
        "p",
        "replicates",
        "seed",
    }
    assert promised <= shown.keys()
    assert (shown["analysis"], shown["measure"]) == ("permutation", "adjusted_post")
    assert (shown["seed"], shown["replicates"], shown["n"]) == (7, 10_000, 25)
    assert "left out" in str(shown["notes"])


@pytest.mark.parametrize(
    ("pre", "post", "sentence"),
    [
        ([1, 2, 3, 4, 6], [2, 4, 3, 4, 5], "control has 2"),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 7], "all values are the same"),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 7, 8, 9], "no spread within the arms"),
    ],
)
def test_what_labels_refuse(pre: list[float], post: list[float], sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        permute_labels(_of(pre, post), SEED)


@pytest.mark.parametrize(
    ("pre", "post", "sentence"),
    [
        ([1, 1, 1, 2, 2, 2], [2, 3, 5, 4, 6, 7], "can't tell its terms apart"),
        ([1, 2, 3, 4, 5, 7], [2, 3, 4, 8, 9, 11], "leaves nothing over"),
        ([1, 2, 3, 4, 5, 7], [2, 2, 2, 2, 2, 2], "leaves nothing over"),
    ],
)
def test_what_residuals_refuse(pre: list[float], post: list[float], sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        permute_ancova(_of(pre, post), SEED)


def test_at_least_one_permutation() -> None:
    with pytest.raises(MethodError, match="at least 1 permutation, not 0"):
        permute_ancova(balanced(), SEED, 0)


def _of(pre: list[float], post: list[float]) -> TwoByTwo:
    n = len(pre)
    group = ["control"] * (n // 2) + ["training"] * (n - n // 2)
    return TwoByTwo.from_arrays("bdnf", [f"P{at}" for at in range(n)], group, pre, post)
