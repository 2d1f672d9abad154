"""The posterior slope beside brute force in R 4.2.2.

`x <- resid(lm(dose ~ pre)); y <- resid(lm(post ~ pre))`; on a grid of 4,001 slopes `b` in -.2 to .2
and 801 `l <- log(sigma)` in log(2) to log(400), the log posterior is `-13 * l - sum((y - b * x)^2)
/ (2 * exp(2 * l)) + dnorm(b, 0, exp(l) / sd(dose), log = TRUE)`, summed over `l`.
"""

import pytest

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.dose_response.bayesian import compute_bayesian_slope
from server.analysis.methods.dose_response.linear import fit_dose_slope
from server.analysis.methods.dose_response.result import Role
from server.analysis.methods.dose_response.trained import Trained
from server.errors import MethodError
from tests.unit.server.analysis.methods.dose_response.trained_arms import (
    AGE_Y,
    DOSE,
    SRPE_AU,
    trained,
    training_arm,
)


def test_the_posterior_is_that_of_brute_force() -> None:
    slope = compute_bayesian_slope(trained())
    assert slope.estimate == pytest.approx(0.006620784249, rel=1e-6)
    assert slope.credible == pytest.approx((-0.01363497, 0.02687650), abs=1e-6)
    assert slope.probability_above_zero == pytest.approx(0.75371923, abs=1e-5)
    assert (slope.df, slope.n, slope.role) == (13, 15, Role.SENSITIVITY)
    assert "slopes within 2 residual SDs of bdnf per SD of srpe_load_au" in slope.notes[0]


def test_a_prior_that_says_nothing_is_least_squares() -> None:
    beside = Trained.from_design(training_arm(), DOSE, SRPE_AU, {"age": AGE_Y})
    flat = compute_bayesian_slope(beside, prior_sd=1e6)
    assert flat.estimate == pytest.approx(fit_dose_slope(beside).estimate, rel=1e-6)
    assert flat.adjusted_for == ("pre", "age")


def test_a_firm_prior_holds_the_slope_at_zero() -> None:
    assert abs(compute_bayesian_slope(trained(), prior_sd=1e-4).estimate) < 1e-6


@pytest.mark.parametrize("prior_sd", [0.0, -1.0, float("nan")])
def test_a_prior_without_spread_is_refused(prior_sd: float) -> None:
    with pytest.raises(MethodError, match="it is above 0"):
        compute_bayesian_slope(trained(), prior_sd)


def test_what_leaves_nothing_over_is_refused() -> None:
    arm = training_arm()
    group = ["training"] * 15
    follows = TwoByTwo.from_arrays("bdnf", arm.codes, group, arm.pre, 2 * arm.pre + 3)
    with pytest.raises(MethodError, match="leaves nothing over"):
        compute_bayesian_slope(Trained.from_design(follows, DOSE, SRPE_AU))
    doubled = Trained.from_design(arm, DOSE, SRPE_AU, {"pre_in_ng": arm.pre / 1000})
    with pytest.raises(MethodError, match="don't tell 3 terms apart"):
        compute_bayesian_slope(doubled)
