"""Values outside an assay's limits: told, not drawn at random, and held against R's survival."""

from dataclasses import replace

import numpy as np
import pytest

from server.analysis.methods.ancova import fit_ancova
from server.analysis.methods.censored.censoring import CensoredColumn, Censoring
from server.analysis.methods.censored.half_limit import fit_half_limit
from server.analysis.methods.censored.tobit import fit_tobit
from server.analysis.methods.design import TwoByTwo
from server.errors import MethodError

GROUP = ("control",) * 8 + ("training",) * 8
PRE = [20, 25, 31, 18, 27, 22, 35, 29, 21, 26, 30, 19, 28, 24, 33, 23]
POST = [22, 24, 30, 15, 25, 15, 33, 27, 35, 38, 45, 15, 41, 33, 52, 15]
BELOW = (3, 5, 11, 15)
CODES = tuple(f"P{number:02d}" for number in range(1, 17))


def _design(
    below: tuple[int, ...] = BELOW, above: tuple[int, ...] = (), uloq: float = 50.0
) -> tuple[TwoByTwo, Censoring]:
    post, side, limit = np.array(POST, dtype=float), np.zeros(16), np.full(16, np.nan)
    limit[list(below)], side[list(below)] = 15.0, -1
    limit[list(above)], side[list(above)] = uloq, 1
    post[side != 0] = np.nan
    censoring = Censoring(CensoredColumn.make_empty(16), CensoredColumn(side, limit))
    design = TwoByTwo.from_arrays("bdnf", CODES, GROUP, PRE, post)
    return replace(design, censoring=censoring), censoring


def test_tobit_is_that_of_survreg() -> None:
    """R 4.2.2, survival 3.5-3: survreg(Surv(post, below == 0, type = "left") ~ group + pre,
    dist = "gaussian") of these 16 rows, the limit as post where below: summary(fit)$table."""
    told = fit_tobit(*_design())
    assert told.estimate == pytest.approx(12.24011524830, rel=1e-6)
    assert told.se == pytest.approx(3.778054698851, rel=1e-5)
    assert told.z == pytest.approx(3.23979302153, rel=1e-5)
    assert told.p == pytest.approx(1.19616492843e-03, rel=1e-4)
    assert told.sigma == pytest.approx(7.1531693732, rel=1e-6)
    assert (told.n, told.n_below, told.n_above, told.n_left_out) == (16, 4, 0, 0)
    half = 1.959963984540054 * told.se
    assert told.ci == pytest.approx((told.estimate - half, told.estimate + half))


def test_tobit_with_a_value_above_the_uloq_is_that_of_survreg() -> None:
    """The same, but type = "interval2" with P15 from 50 up (lower 50, upper NA)."""
    told = fit_tobit(*_design(above=(14,)))
    assert told.estimate == pytest.approx(12.85045171852, rel=1e-6)
    assert told.se == pytest.approx(4.079976937245, rel=1e-5)
    assert told.sigma == pytest.approx(7.55216010068, rel=1e-6)
    assert told.n_above == 1


def test_half_the_lloq_is_the_ancova_of_it() -> None:
    design, censoring = _design()
    told = fit_half_limit(design, censoring)
    by_hand = np.array(POST, dtype=float)
    by_hand[list(BELOW)] = 7.5
    expected = fit_ancova(TwoByTwo.from_arrays("bdnf", CODES, GROUP, PRE, by_hand))
    assert (told.estimate, told.se, told.ci, told.p) == (
        expected.estimate, expected.se, expected.ci, expected.p,
    )  # fmt: skip
    assert (told.n, told.n_below, told.n_substituted, told.n_left_out) == (16, 4, 4, 0)


def test_a_pre_below_the_lloq_is_half_of_it_too_and_is_left_out_of_tobit() -> None:
    design, censoring = _design()
    pre_side, pre_limit = np.zeros(16), np.full(16, np.nan)
    pre_side[0], pre_limit[0] = -1, 15.0
    pre = design.pre.copy()
    pre[0] = np.nan
    censoring = replace(censoring, pre=CensoredColumn(pre_side, pre_limit))
    design = replace(design, pre=pre, censoring=censoring)
    assert fit_half_limit(design, censoring).n_substituted == 5
    told = fit_tobit(design, censoring)
    assert (told.n, told.n_left_out) == (15, 1)


def test_a_limit_that_nobody_recorded_is_used_nowhere() -> None:
    design, censoring = _design()
    limit = censoring.post.limit.copy()
    limit[3] = np.nan
    censoring = replace(censoring, post=replace(censoring.post, limit=limit))
    assert fit_tobit(design, censoring).n_left_out == 1
    assert fit_half_limit(design, censoring).n_substituted == 3
    unknown = replace(censoring, post=replace(censoring.post, limit=np.full(16, np.nan)))
    with pytest.raises(MethodError, match="beyond a known limit"):
        fit_tobit(design, unknown)
    with pytest.raises(MethodError, match="below an LLOQ that is known"):
        fit_half_limit(design, unknown)


def test_an_arm_with_hardly_a_measured_value_is_refused() -> None:
    with pytest.raises(MethodError, match="control has 2"):
        fit_tobit(*_design(below=(0, 1, 2, 3, 4, 5)))


def test_the_note_counts_limits_times_and_arms() -> None:
    design, censoring = _design(above=(14,))
    assert censoring.describe("bdnf", design.is_training).startswith(
        "Measurements of bdnf outside the assay's limits have no value and are not missing at"
        " random: 4 below the LLOQ after (2 in training, 2 in control); 1 above the ULOQ after"
        " (1 in training, 0 in control)."
    )
