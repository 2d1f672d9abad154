import pytest

from server.dose.heart.hr_max import HrMax, HrMaxSource, choose_hr_max, estimate_hr_max


@pytest.mark.parametrize(
    ("formula", "bpm"),
    [
        # dose-metrics 4, at the study's mean age of 36.2 years
        (HrMaxSource.TANAKA, 182.7), (HrMaxSource.GULATI, 174.1),
        (HrMaxSource.NES, 187.8), (HrMaxSource.FOX, 183.8),
    ],
)  # fmt: skip
def test_formulas_of_age(formula: HrMaxSource, bpm: float) -> None:
    estimated = estimate_hr_max(36.2, formula)
    assert estimated.bpm == pytest.approx(bpm, abs=0.05)
    assert (estimated.source, estimated.see_bpm) == (formula, 10.0)


def test_what_was_measured_comes_before_any_formula() -> None:
    assert choose_hr_max(171.0, 36.2, HrMaxSource.TANAKA) == HrMax(171.0, HrMaxSource.MEASURED)
    chosen = choose_hr_max(None, 40.0, HrMaxSource.TANAKA)
    assert chosen == HrMax(180.0, HrMaxSource.TANAKA, 10.0)


@pytest.mark.parametrize(("age", "formula"), [(None, HrMaxSource.TANAKA), (40.0, None)])
def test_no_formula_is_taken_that_nobody_chose(
    age: float | None, formula: HrMaxSource | None
) -> None:
    assert choose_hr_max(None, age, formula) is None


@pytest.mark.parametrize("age", [17.9, 90.1, float("nan")])
def test_formulas_are_for_adults(age: float) -> None:
    with pytest.raises(ValueError, match="18 to 90 years"):
        estimate_hr_max(age, HrMaxSource.NES)


def test_measured_is_no_formula() -> None:
    with pytest.raises(ValueError, match="measured is no formula"):
        estimate_hr_max(40, HrMaxSource.MEASURED)
