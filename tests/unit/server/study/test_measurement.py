"""What measurements say together."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.study.fields.field import Answer
from server.study.fields.missing import MissingReason
from server.study.measurement import (
    complete_measurement,
    derive_bmi,
    find_contradictions,
    find_unusual,
)

NOW = datetime(2026, 11, 27, tzinfo=UTC)
HER = {"height_cm": Answer(161.5), "weight_kg": Answer(57.3)}


def told(answers: dict[str, Answer]) -> list[str]:
    return [str(one) for one in find_contradictions(answers, NOW)]


def test_bmi_is_weight_over_height_squared() -> None:
    """By hand: 57.3 / 1.615^2 = 57.3 / 2.608225 = 21.969."""
    assert derive_bmi(HER) == Answer(21.97, is_derived=True)
    assert complete_measurement(HER)["bmi"] == Answer(21.97, is_derived=True)
    assert derive_bmi({"height_cm": Answer(161.5)}) is None


@pytest.mark.parametrize("reason", [MissingReason.NOT_DONE, MissingReason.REFUSED])
def test_a_reason_for_no_bmi_stays(reason: MissingReason) -> None:
    given_ = {**HER, "bmi": Answer.missing_for(reason)}
    assert complete_measurement(given_)["bmi"].missing is reason


@pytest.mark.parametrize("entered", [21.9, 22.0, 22.1])
def test_an_entered_bmi_fits_within_rounding(entered: float) -> None:
    assert told({**HER, "bmi": Answer(entered)}) == []
    assert complete_measurement({**HER, "bmi": Answer(entered)})["bmi"] == Answer(entered)


@pytest.mark.parametrize("entered", [21.8, 22.2, 25.0])
def test_an_entered_bmi_that_does_not_fit_is_refused(entered: float) -> None:
    (said,) = told({**HER, "bmi": Answer(entered)})
    assert said.startswith(f"bmi: {entered:g} doesn't fit her height and weight, which give 22")


@given(st.floats(120, 220), st.floats(30, 250))
def test_a_derived_bmi_always_fits(height_cm: float, weight_kg: float) -> None:
    answers = {"height_cm": Answer(height_cm), "weight_kg": Answer(weight_kg)}
    bmi = derive_bmi(answers)
    assert bmi is not None
    assert told({**answers, "bmi": Answer(bmi.value)}) == []


def test_a_relapse_after_the_day_of_measurement_and_a_day_ahead() -> None:
    day = {"measured_on": Answer("2026-11-20")}
    assert told({**day, "relapse_on": Answer("2026-11-20")}) == []
    assert told({**day, "steroids_last_on": Answer("2026-11-21")}) == [
        "steroids_last_on: 2026-11-21 is after the day of measurement, 2026-11-20"
    ]
    assert told({"measured_on": Answer("2026-12-20")}) == ["measured_on: 2026-12-20 lies ahead"]


def test_what_is_unusual_is_told_with_its_unit() -> None:
    tall = {"height_cm": Answer(190.0), "weight_kg": Answer(57.3)}
    assert [str(one) for one in find_unusual(tall)] == [
        "height_cm: 190 cm is unusual",
        "bmi: 15.87 kg/m² is unusual",  # 57.3 / 3.61
    ]


def test_fat_free_mass_beside_weight_and_fat() -> None:
    """By hand: 57.3 kg with 30 % of fat leave 40.11 kg."""
    fits = {**HER, "fat_pct": Answer(30.0), "fat_free_mass_kg": Answer(41.0)}
    assert find_unusual(fits) == []
    (one,) = find_unusual({**fits, "fat_free_mass_kg": Answer(45.0)})
    assert str(one).endswith("45 kg beside 57.3 kg with 30 % of fat, which leave 40.1 kg")
