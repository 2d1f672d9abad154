"""Permuted residuals beside R 4.2.2.

`m0 <- lm(post ~ pre); x <- cbind(1, dose, pre); tt <- function(y) { q <- lm.fit(x, y);
q$coefficients[2]^2 / sum(q$residuals^2) }`; p is the share of `tt(fitted(m0) + resid(m0)[order])`
that reach `tt(post)`.
"""

import numpy as np
import pytest

from server.analysis.methods.dose_response.linear import fit_dose_slope
from server.analysis.methods.dose_response.permuted_slope import permute_dose_slope
from server.analysis.methods.dose_response.trained import Trained
from server.errors import MethodError
from tests.unit.server.analysis.methods.dose_response.trained_arms import (
    AGE_Y,
    DOSE,
    SRPE_AU,
    trained,
    training_arm,
)


def test_p_is_that_of_a_hundred_thousand_orders_in_r() -> None:
    result = permute_dose_slope(trained(), 4)
    assert result.p == pytest.approx(0.4912, abs=0.02)
    assert result.estimate == pytest.approx(fit_dose_slope(trained()).estimate)
    assert result.to_json()["analysis"] == "permutation"


def test_p_is_that_of_all_720_orders_of_six() -> None:
    few = training_arm().select(np.arange(15) < 6)
    result = permute_dose_slope(Trained.from_design(few, DOSE, SRPE_AU[:6]), 4, replicates=50_000)
    assert result.p == pytest.approx(0.8, abs=0.008)


def test_p_is_never_zero() -> None:
    """An order can't be rarer than the one that was: 1 of 100 here."""
    follows = tuple(20 * value + place % 3 for place, value in enumerate(training_arm().post))
    assert permute_dose_slope(trained(follows), 4, replicates=99).p == pytest.approx(0.01)


def test_the_same_seed_gives_the_same() -> None:
    beside = Trained.from_design(training_arm(), DOSE, SRPE_AU, {"age": AGE_Y})
    assert permute_dose_slope(beside, 4) == permute_dose_slope(beside, 4)
    assert permute_dose_slope(beside, 4).p != permute_dose_slope(beside, 5).p
    assert permute_dose_slope(beside, 4).adjusted_for == ("pre", "age")


def test_no_permutation_is_refused() -> None:
    with pytest.raises(MethodError, match="at least 1 permutation"):
        permute_dose_slope(trained(), 4, replicates=0)
