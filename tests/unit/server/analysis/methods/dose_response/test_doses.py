"""One dose named in advance; the others, and confounders, as sensitivity."""

import numpy as np
import pytest

from server.analysis.methods.dose_response.doses import DoseAnswers, answer_doses
from server.analysis.methods.dose_response.result import Method, Role
from server.errors import MethodError
from tests.two_arm_outcomes import balanced
from tests.unit.server.analysis.methods.dose_response.trained_arms import AGE_Y, DOSE, SRPE_AU

NONE = np.full(15, np.nan)
BOTH_ARMS = {
    DOSE: np.array([*np.zeros(15), *SRPE_AU]),  # control's dose of 0 is never read
    "trimp_banister_au": np.array([*NONE, *(np.array(SRPE_AU) / 7 + np.arange(15))]),
    "enmo_mg": np.array([*NONE, *SRPE_AU[:7], *NONE[:8]]),
}
AGES = {"age": np.array([*NONE, *AGE_Y])}


def _answer(named: str = DOSE) -> DoseAnswers:
    return answer_doses(balanced(), BOTH_ARMS, named, 5, AGES, replicates=1000)


def test_the_named_dose_is_asked_in_all_five_ways_and_comes_first() -> None:
    results = _answer().results
    named = [one for one in results if one.role is Role.NAMED]
    assert [one.method for one in named] == list(Method)[:5]
    assert {one.dose for one in named} == {DOSE}
    assert results[:5] == tuple(named)
    assert named[0].estimate == pytest.approx(0.00714712997461, rel=1e-9)  # as test_linear has it
    assert all(one.n == 15 for one in results)


def test_others_and_confounders_are_sensitivity() -> None:
    rest = [(one.dose, one.method, one.adjusted_for) for one in _answer().results[5:]]
    ways = (Method.LINEAR, Method.PARTIAL_PEARSON, Method.PARTIAL_SPEARMAN)
    assert rest == [(DOSE, way, ("pre", "age")) for way in ways] + [
        ("trimp_banister_au", way, ("pre",)) for way in ways
    ]
    assert all(one.role is Role.SENSITIVITY for one in _answer().results[5:])


def test_a_sensitivity_that_cannot_be_had_is_told_and_stops_nothing() -> None:
    (said,) = _answer().refused
    assert said.startswith("enmo_mg is missing for 8 of 15")


def test_a_named_dose_that_cannot_be_had_is_refused() -> None:
    with pytest.raises(MethodError, match="enmo_mg is missing for 8 of 15"):
        _answer("enmo_mg")
    with pytest.raises(MethodError, match="steps was named as the dose, and is none of"):
        _answer("steps")
