"""How far missing posts can be off. The numbers are held against algebra and against ANCOVA."""

import numpy as np
import pytest

from server.analysis.methods.ancova import fit_ancova
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.missing.tipping import find_tipping_point
from server.errors import MethodError
from tests.two_arm_outcomes import balanced, incomplete


def test_at_random_it_is_the_ancova_of_complete_pairs() -> None:
    """With only posts missing, imputing from the same model adds nothing (Little 1992); so with
    many sets estimate and error come back, but for the sets' chance."""
    design = incomplete().select(~np.isnan(incomplete().pre))
    point = find_tipping_point(design, 3, sets=2000)
    complete = fit_ancova(design)
    assert point.estimate == pytest.approx(complete.estimate, abs=0.5)
    assert point.se == pytest.approx(complete.se, rel=0.06)
    assert (point.n_imputed_control, point.n_imputed_training) == (1, 2)


def test_a_shift_moves_the_estimate_by_what_least_squares_says() -> None:
    """By delta times the coefficient of group in moved ~ group + pre: algebra."""
    design = incomplete().select(~np.isnan(incomplete().pre))
    point = find_tipping_point(design, 3, sets=20)
    moved = (np.isnan(design.post) & design.is_training).astype(float)
    columns = np.column_stack([np.ones(design.n), design.is_training, design.pre])
    share = np.linalg.lstsq(columns, moved, rcond=None)[0][1]
    for shifted in point.shifted:
        assert shifted.estimate - point.estimate == pytest.approx(shifted.delta * share, abs=1e-8)
    assert [one.delta for one in point.shifted] == sorted(one.delta for one in point.shifted)


def test_the_tipping_delta_is_where_the_verdict_turns() -> None:
    point = find_tipping_point(incomplete(), 3)
    assert point.p < 0.05
    assert point.tipping_delta is not None
    assert point.tipping_delta < 0
    for shifted in point.shifted:
        if abs(shifted.delta) < abs(point.tipping_delta) - 1e-9:
            assert shifted.p < 0.05
    (at,) = [one for one in point.shifted if one.delta == point.tipping_delta]
    assert at.p >= 0.05
    assert at.ci[0] <= 0 <= at.ci[1]
    assert "lower than arm and baseline predict" in point.notes[-1]


def test_a_large_effect_does_not_turn() -> None:
    huge = incomplete()
    post = huge.post + 500 * huge.is_training
    group = ["training" if one else "control" for one in huge.is_training]
    point = find_tipping_point(TwoByTwo.from_arrays("bdnf", huge.codes, group, huge.pre, post), 3)
    assert point.tipping_delta is None
    assert point.notes[-1].startswith("No shift of the missing posts of training")
    assert point.notes[0] == "2 participants without a baseline are left out."


def test_the_same_seed_gives_the_same() -> None:
    assert find_tipping_point(incomplete(), 3) == find_tipping_point(incomplete(), 3)
    assert find_tipping_point(incomplete(), 3).p != find_tipping_point(incomplete(), 4).p


def test_what_has_nothing_to_shift_is_refused() -> None:
    with pytest.raises(MethodError, match="nothing to shift"):
        find_tipping_point(balanced(), 3)
    with pytest.raises(MethodError, match="at least 20 sets"):
        find_tipping_point(incomplete(), 3, sets=19)
    few = incomplete().select(np.arange(30) % 5 == 1)
    with pytest.raises(MethodError, match="at least 3 participants in each arm"):
        find_tipping_point(few.select(np.arange(few.n) < 4), 3)


@pytest.mark.parametrize(("pre", "post"), [([5.0] * 10, None), (None, [7.0] * 9)])
def test_columns_without_spread_are_refused(
    pre: list[float] | None, post: list[float] | None
) -> None:
    rng = np.random.default_rng(1)
    group = ["control", "training"] * 5
    design = TwoByTwo.from_arrays(
        "gdnf",
        [str(place) for place in range(10)],
        group,
        rng.normal(size=10) if pre is None else pre,
        np.append(rng.normal(size=9) if post is None else post, np.nan),
    )
    with pytest.raises(MethodError, match="doesn't vary within the arms|has no spread"):
        find_tipping_point(design, 3)


def _simulate(rng: np.random.Generator) -> tuple[float, float]:
    """The interval of no effect, with posts missing where the baseline is high."""
    n = 24
    pre = rng.normal(220, 20, n)
    post = 100 + 0.6 * pre + rng.normal(0, 15, n)
    post = np.where(pre > np.quantile(pre, 0.75), np.where(rng.random(n) < 0.7, np.nan, post), post)
    post[1] = np.nan  # one of training at least
    codes, group = [str(place) for place in range(n)], ["control", "training"] * (n // 2)
    return find_tipping_point(
        TwoByTwo.from_arrays("bdnf", codes, group, pre, post), int(rng.integers(1 << 30))
    ).ci


@pytest.mark.nightly
def test_the_interval_at_random_holds_its_share() -> None:
    rng = np.random.default_rng(8)
    intervals = [_simulate(rng) for _ in range(1500)]
    share = np.mean([low <= 0 <= high for low, high in intervals])
    assert share == pytest.approx(0.95, abs=0.02)
