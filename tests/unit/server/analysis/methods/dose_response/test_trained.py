"""Who dose-response is asked of, and what it is refused for."""

import numpy as np
import pytest

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.dose_response.trained import Trained, select_training
from server.errors import MethodError
from tests.two_arm_outcomes import balanced, incomplete
from tests.unit.server.analysis.methods.dose_response.trained_arms import (
    DOSE,
    SRPE_AU,
    trained,
    training_arm,
)


def test_control_with_its_dose_of_zero_is_refused() -> None:
    with pytest.raises(MethodError, match="15 rows are of control"):
        Trained.from_design(balanced(), DOSE, [0.0] * 15 + list(SRPE_AU))


def test_the_training_arm_is_taken_out() -> None:
    assert trained().codes == tuple(f"P{number}" for number in range(16, 31))
    assert list(trained().dose) == list(SRPE_AU)
    arm = select_training(incomplete())
    assert (arm.n, arm.n_control) == (15, 0)


def test_nobody_in_training_is_refused() -> None:
    control = TwoByTwo.from_arrays("bdnf", ["P1"], ["control"], [1.0], [2.0])
    with pytest.raises(MethodError, match="nobody is in the training arm"):
        select_training(control)


def test_who_is_left_out_is_told() -> None:
    """P18, P22 and P30 have no post, P18 no pre either; P16 has no dose here."""
    arm = select_training(incomplete())
    some = Trained.from_design(arm, DOSE, np.array([np.nan, *SRPE_AU[1:]]))
    assert some.n == 11
    assert some.codes[0] == "P17"
    assert some.notes[0].startswith("4 of 15 participants of the training arm are left out")
    assert "srpe_load_au is missing for 1, a measurement of bdnf for 3" in some.notes[0]


def test_a_covariate_that_is_missing_leaves_out_too() -> None:
    age = np.array([40.0, 41.0, np.nan, *range(30, 42)])
    some = Trained.from_design(training_arm(), DOSE, SRPE_AU, {"age": age})
    assert some.n == 14
    assert some.covariates.shape == (14, 1)
    assert some.without_covariates().covariates.shape == (14, 0)


@pytest.mark.parametrize(
    ("dose", "said"),
    [
        ((None,) * 8 + SRPE_AU[8:], "missing for 8 of 15"),
        ((4000.0,) * 15, "srpe_load_au is the same for all 15"),
        ((0.0,) * 15, "srpe_load_au is the same for all 15"),
        ((-1.0, *SRPE_AU[1:]), "srpe_load_au of P16 is below 0"),
        (tuple(training_arm().pre * 2 + 1), "the dose is the baseline itself"),
        (SRPE_AU[:14], "has 14 values for 15"),
    ],
)
def test_a_dose_that_says_nothing_is_refused(dose: tuple[float | None, ...], said: str) -> None:
    with pytest.raises(MethodError, match=said):
        trained(dose)


def test_a_dose_missing_for_less_than_half_is_taken_with_a_note() -> None:
    assert trained((None,) * 7 + SRPE_AU[7:]).n == 8


@pytest.mark.parametrize(("column", "said"), [("pre", "pre is the"), ("post", "post is the")])
def test_an_outcome_that_does_not_vary_is_refused(column: str, said: str) -> None:
    arm = training_arm()
    values = {"pre": arm.pre, "post": arm.post, column: np.full(15, 300.0)}
    flat = TwoByTwo.from_arrays("bdnf", arm.codes, ["training"] * 15, values["pre"], values["post"])
    with pytest.raises(MethodError, match=said):
        Trained.from_design(flat, DOSE, SRPE_AU)


def test_five_participants_are_too_few() -> None:
    arm = training_arm().select(np.arange(15) < 5)
    with pytest.raises(MethodError, match="at least 6 participants"):
        Trained.from_design(arm, DOSE, SRPE_AU[:5])
