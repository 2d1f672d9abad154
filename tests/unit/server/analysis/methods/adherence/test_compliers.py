"""The complier effect beside two-stage least squares in R 4.2.2.

`m1 <- lm(came ~ g + pre); h <- fitted(m1); m2 <- lm(post ~ h + pre)`; its error with the residuals
of `came`, not of `h`: `e <- post - cbind(1, came, pre) %*% coef(m2); Z <- cbind(1, h, pre);
sqrt(sum(e^2) / 27 * solve(t(Z) %*% Z)[2, 2])`. `pre` and `post` are those of
`tests/two_arm_outcomes.py`, `came <- c(rep(0, 15), s / 24 >= .8)`. The interval is where
`pv <- function(tau) summary(lm(I(post - tau * came) ~ g + pre))$coefficients["g", 4]` is .05, by
`uniroot(..., tol = 1e-11)` on either side; p is `pv(0)`.
"""

import numpy as np
import pytest
from scipy import stats

from server.analysis.methods.adherence.attendance import read_attendance
from server.analysis.methods.adherence.compliers import ComplierEffect, estimate_complier_effect
from server.analysis.methods.ancova import fit_ancova
from server.analysis.methods.design import TwoByTwo
from server.errors import MethodError
from tests.two_arm_outcomes import balanced, incomplete

SESSIONS = (24, 20, 19, 24, 22, 10, 23, 24, 21, 20, 18, 24, 23, 22, 24)


def _estimate(design: TwoByTwo, trained: tuple[int, ...] = SESSIONS) -> ComplierEffect:
    sessions = np.array([0] * 15 + list(trained))
    return estimate_complier_effect(design, read_attendance(design, sessions, 24))


def test_the_complier_effect_is_that_of_r() -> None:
    effect = _estimate(balanced())
    assert (effect.n, effect.n_came, effect.share_came, effect.df) == (30, 12, 0.8, 27)
    assert effect.estimate == pytest.approx(52.5670466823, rel=1e-9)
    assert effect.se == pytest.approx(14.1387177496, rel=1e-9)
    assert effect.ci == pytest.approx((25.7452423212, 86.5626389053), rel=1e-9)
    assert effect.p == pytest.approx(0.000379278783314, rel=1e-9)
    assert effect.first_stage_f == pytest.approx(54.6614282653, rel=1e-9)
    assert "do nothing at all" in effect.notes[-1]


def test_where_all_came_it_is_the_ancova() -> None:
    everybody, ancova = _estimate(balanced(), (24,) * 15), fit_ancova(balanced())
    assert (everybody.estimate, everybody.se) == pytest.approx((ancova.estimate, ancova.se))
    assert everybody.ci == pytest.approx(ancova.ci)
    assert everybody.p == pytest.approx(ancova.p)
    assert everybody.first_stage_f is None


def test_it_is_of_complete_pairs_and_says_so() -> None:
    effect = _estimate(incomplete())
    assert effect.n == 25
    assert effect.notes[0].startswith("5 of 30 participants are left out")


def test_what_the_arm_does_not_decide_is_refused() -> None:
    with pytest.raises(MethodError, match="nobody of the training arm came"):
        _estimate(balanced(), (3,) * 15)
    with pytest.raises(MethodError, match="too few came"):
        _estimate(balanced(), (24, 24) + (3,) * 13)


def _simulate(rng: np.random.Generator) -> ComplierEffect:
    """Who comes is healthier, and nothing works: per protocol would see an effect here."""
    pre, health = rng.normal(220, 20, 30), rng.normal(0, 1, 30)
    post = 100 + 0.6 * pre + 10 * health + rng.normal(0, 12, 30)
    sessions = np.where(
        np.arange(30) < 15, 0, np.where(health > np.quantile(health[15:], 0.2), 22, 9)
    )
    group = ["control"] * 15 + ["training"] * 15
    codes = [str(place) for place in range(30)]
    design = TwoByTwo.from_arrays("bdnf", codes, group, pre, post)
    return estimate_complier_effect(design, read_attendance(design, sessions, 24))


def _check(n_trials: int) -> None:
    rng = np.random.default_rng(2)
    effects = [_simulate(rng) for _ in range(n_trials)]
    assert stats.kstest([one.p for one in effects], "uniform").pvalue > 0.001
    covered = sum(one.ci[0] <= 0 <= one.ci[1] for one in effects)
    assert stats.binomtest(covered, n_trials, 0.95).pvalue > 0.001


def test_nothing_is_found_as_often_as_it_should() -> None:
    _check(400)


@pytest.mark.nightly
def test_nothing_is_found_as_often_as_it_should_in_thousands() -> None:
    _check(5000)
