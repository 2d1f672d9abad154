from dataclasses import replace

import pytest

from server.dose.heart.hr_max import HrMaxSource, estimate_hr_max
from server.errors import RuleError
from server.study.measured_heart import (
    Formula,
    MeasuredHeart,
    Sex,
    check_measured_heart,
    find_max_bpm,
)

MEASURED = MeasuredHeart(64, Sex.FEMALE, max_bpm=178)
ESTIMATED = MeasuredHeart(64, Sex.FEMALE, age_years=36, formula=Formula.GULATI)


@pytest.mark.parametrize(
    "heart",
    [
        MEASURED,
        ESTIMATED,
        replace(ESTIMATED, rest_bpm=126, age_years=90),
        replace(MEASURED, vt1_bpm=120, vt2_bpm=150),
    ],
)
def test_what_can_be(heart: MeasuredHeart) -> None:
    assert check_measured_heart(heart) == heart


@pytest.mark.parametrize(
    ("heart", "said"),
    [
        (replace(MEASURED, rest_bpm=20), "resting heart rate of 20 bpm"),
        (replace(MEASURED, rest_bpm=151), "resting heart rate of 151 bpm"),
        (replace(MEASURED, max_bpm=231), "maximum heart rate of 231 bpm"),
        (replace(MEASURED, rest_bpm=120, max_bpm=120), "is not above"),
        # Gulati at 90: 206 - 0.88 * 90 = 126.8
        (replace(ESTIMATED, rest_bpm=127, age_years=90), r"by the formula gulati \(126.8\) is not"),
        (replace(MEASURED, max_bpm=None), "not neither"),
        (replace(MEASURED, formula=Formula.NES, age_years=36), "not both"),
        (replace(ESTIMATED, age_years=None), "needs her age"),
        (replace(ESTIMATED, age_years=17), "an age of 17 years"),
        (replace(MEASURED, vt1_bpm=120), "or none"),
        (replace(MEASURED, vt1_bpm=150, vt2_bpm=120), "in order"),
        (replace(MEASURED, vt1_bpm=60, vt2_bpm=120), "in order"),
        (replace(MEASURED, vt1_bpm=120, vt2_bpm=179), "not above the maximum"),
    ],
)
def test_what_contradicts_itself_is_said(heart: MeasuredHeart, said: str) -> None:
    with pytest.raises(RuleError, match=said):
        check_measured_heart(heart)


@pytest.mark.parametrize("formula", Formula)
@pytest.mark.parametrize("age_years", [18.0, 54.5, 90.0])
def test_a_maximum_is_the_one_that_dose_takes(formula: Formula, age_years: float) -> None:
    heart = replace(ESTIMATED, formula=formula, age_years=age_years)
    dose = estimate_hr_max(age_years, HrMaxSource(formula.value))
    assert find_max_bpm(heart) == dose.bpm
