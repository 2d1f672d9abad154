"""The slope of post on dose beside R 4.2.2, car 3.1-1.

`d <- data.frame(dose, pre, post, age, edss)`; `m <- lm(post ~ dose + pre, d)`.
"""

import numpy as np
import pytest

from server.analysis.methods.dose_response.linear import fit_dose_slope
from server.analysis.methods.dose_response.notes import describe_disagreement
from server.analysis.methods.dose_response.trained import Trained
from server.errors import MethodError
from tests.unit.server.analysis.methods.dose_response.trained_arms import (
    AGE_Y,
    DOSE,
    EDSS,
    SRPE_AU,
    trained,
    training_arm,
)


def test_the_slope_is_that_of_r() -> None:
    """summary(m), confint(m), and HC3 by `hccm(m, type = "hc3")` with qt(.975, 12)."""
    slope = fit_dose_slope(trained())
    assert slope.estimate == pytest.approx(0.00714712997461, rel=1e-9)
    assert slope.se == pytest.approx(0.0101237624132, rel=1e-9)
    assert slope.t == pytest.approx(0.705975672173, rel=1e-9)
    assert (slope.n, slope.df) == (15, 12)
    assert slope.p == pytest.approx(0.493681923933, rel=1e-9)
    assert slope.ci == pytest.approx((-0.0149106534559, 0.0292049134051), rel=1e-9)
    assert slope.ci_hc3 == pytest.approx((-0.0201333730849, 0.0344276330341), rel=1e-9)
    assert slope.r_squared == pytest.approx(0.277683120352, rel=1e-9)
    assert slope.dose_sd == pytest.approx(715.70611154, rel=1e-9)
    assert slope.estimate_per_sd == pytest.approx(0.00714712997461 * 715.70611154, rel=1e-9)


def test_what_others_differ_by_can_be_adjusted_for() -> None:
    """summary(lm(post ~ dose + pre + age + edss, d))."""
    beside = {"age": AGE_Y, "edss": EDSS}
    adjusted = fit_dose_slope(Trained.from_design(training_arm(), DOSE, SRPE_AU, beside))
    assert adjusted.estimate == pytest.approx(-0.00099983073569, rel=1e-8)
    assert adjusted.se == pytest.approx(0.00684542544223, rel=1e-9)
    assert adjusted.p == pytest.approx(0.886777742186, rel=1e-9)
    assert adjusted.adjusted_for == ("pre", "age", "edss")
    assert any("fewer than 5 a term" in note for note in adjusted.notes)


def test_what_n_can_show_is_told_before_the_result() -> None:
    """ncp <- uniroot(function(l) pf(qf(.95, 1, 12), 1, 12, l, lower.tail = FALSE) - .8, ...)$root;
    r0 <- sum(resid(lm(post ~ pre))^2) / 13; sqrt(ncp * r0 / sum(resid(lm(dose ~ pre))^2))."""
    slope = fit_dose_slope(trained())
    assert slope.smallest_shown == pytest.approx(0.0303022992308, rel=1e-8)
    assert slope.notes[0].startswith(
        "bdnf, slope on srpe_load_au: With n = 15 and an SD of 715.7 in srpe_load_au, slopes from"
        " 0.0303 on"
    )
    assert list(slope.to_json()).index("smallest_shown") < list(slope.to_json()).index("estimate")
    assert "an association, not an effect" in slope.notes[-1]


def test_single_participants_influence_is_that_of_r() -> None:
    """cooks.distance(m); sapply(1:15, function(i) coef(lm(post ~ dose + pre, d[-i, ]))[2])."""
    influence = fit_dose_slope(trained()).influence
    assert influence.cook_largest == pytest.approx(0.482239304742, rel=1e-9)
    assert influence.cook_code == "P27"
    assert influence.slope_lowest == pytest.approx(-0.000373763492037, rel=1e-8)
    assert influence.slope_highest == pytest.approx(0.0144128739072, rel=1e-9)
    assert (influence.lowest_without, influence.highest_without) == ("P25", "P17")


def test_a_slope_that_hangs_on_one_says_so() -> None:
    turned = fit_dose_slope(trained())
    assert turned.influence.turns
    assert any(
        "sign hangs on one participant: without one it is -0.0003738, without another 0.01441"
        in note
        for note in turned.notes
    )
    far = (*SRPE_AU[:14], 20_000.0)
    assert any(
        "One participant alone moves the fit" in note for note in fit_dose_slope(trained(far)).notes
    )
    steady = trained(tuple(10 * value for value in training_arm().post + np.arange(15) % 4))
    assert not fit_dose_slope(steady).influence.turns
    assert not any("hangs on one" in note for note in fit_dose_slope(steady).notes)


def test_two_intervals_that_disagree_about_0_are_told() -> None:
    told = describe_disagreement((0.1, 0.9), (-0.1, 1.1), 0.95)
    assert told[0].startswith("The interval of 95 % with HC3 errors holds 0, and the one that")
    (turned,) = describe_disagreement((-0.1, 0.9), (0.1, 0.8), 0.95)
    assert "HC3 errors doesn't hold 0" in turned
    assert describe_disagreement((-0.1, 0.9), (-0.2, 0.8), 0.95) == ()
    assert describe_disagreement((0.1, 0.9), (0.2, 0.8), 0.95) == ()
    slope = fit_dose_slope(trained())
    assert not any("HC3" in note for note in slope.notes)  # both hold 0


def test_no_note_names_a_participant_and_each_says_what_it_is_of() -> None:
    """Notes stand in a report that is published; codes are in `influence`."""
    slope = fit_dose_slope(trained((*SRPE_AU[:14], 20_000.0)))
    assert all(code not in note for note in slope.notes for code in training_arm().codes)
    assert len(slope.notes) > 2
    assert all(note.startswith("bdnf, slope on srpe_load_au: ") for note in slope.notes[:-1])


def test_the_slope_of_the_change_is_the_same_slope() -> None:
    """Algebra: change ~ dose + pre differs from post ~ dose + pre by 1 in the slope of pre only."""
    arm = training_arm()
    columns = np.column_stack([np.ones(15), arm.pre, np.array(SRPE_AU)])
    by_change = np.linalg.lstsq(columns, arm.change, rcond=None)[0][2]
    assert fit_dose_slope(trained()).estimate == pytest.approx(by_change, rel=1e-9)


def test_too_many_covariates_are_refused() -> None:
    rng = np.random.default_rng(3)
    beside = {f"score_{place}": list(rng.normal(size=15)) for place in range(10)}
    with pytest.raises(MethodError, match="leave 2 degrees of freedom beside 13 terms"):
        fit_dose_slope(Trained.from_design(training_arm(), DOSE, SRPE_AU, beside))


def test_a_covariate_that_is_the_dose_in_other_words_is_refused() -> None:
    beside = {"minutes": [value / 6 for value in SRPE_AU]}
    with pytest.raises(MethodError, match="can't tell its terms apart"):
        fit_dose_slope(Trained.from_design(training_arm(), DOSE, SRPE_AU, beside))
