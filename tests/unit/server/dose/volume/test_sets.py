"""What each set measures, in which unit."""

from typing import Any

from server.dose.quantity import Missing
from server.dose.volume.band_force import compute_band_force
from server.dose.volume.sets import (
    DoseSet,
    choose_sets,
    measure_amounts,
    measure_colour,
    measure_sets,
    measure_tension,
    measure_work_min,
)
from server.dose.volume.threefold import SetState


def _set(amount: float | None = 10.0, **other: Any) -> DoseSet:
    told: dict[str, Any] = {
        "category": "strength",
        "planned_category": "strength",
        "unit": "repetitions",
        "state": SetState.OBSERVED,
        "prescribed": 10.0,
        "prescribed_unit": "repetitions",
    }
    return DoseSet(name="sit-to-stand/1", exercise="sit-to-stand", amount=amount, **(told | other))


def test_repetitions_and_seconds_of_holds_are_never_added_up() -> None:
    sets = [_set(10.0), _set(30.0, unit="seconds"), _set(None)]
    assert [one.amount for one in measure_amounts(sets, "repetitions")] == [
        10.0,
        Missing.NOT_RECORDED,
    ]
    assert [one.amount for one in measure_amounts(sets, "seconds")] == [30.0]


def test_a_skipped_set_is_none_and_one_of_unknown_amount_is_one() -> None:
    assert [one.amount for one in measure_sets([_set(0.0), _set(None), _set(10.0)])] == [0, 1, 1]


def test_minutes_of_work_are_those_of_the_clock() -> None:
    sets = [_set(work_s=90.0), _set(0.0, work_s=90.0), _set()]
    assert [one.amount for one in measure_work_min(sets)] == [1.5, 0.0, Missing.NOT_RECORDED]


def test_pull_is_repetitions_times_newtons_of_the_sets_with_a_band() -> None:
    """Red at 100 %: 3.7 lbf = 16.458 N; ten times."""
    measured = compute_band_force("red", 100)
    sets = [
        _set(has_band=True, band="red", force=measured),
        _set(has_band=True, band="red", force=compute_band_force("red", None)),
        _set(has_band=True, band="red", force=compute_band_force("red", 50)),
        _set(has_band=True),
        _set(None, has_band=True, band="red", force=measured),
        _set(),
    ]
    first, *others = [one.amount for one in measure_tension(sets, lambda force: force.force_n)]
    assert isinstance(first, float)
    assert round(first, 1) == 164.6
    assert others == [
        Missing.NOT_MEASURED,
        Missing.OUT_OF_TABLE,
        Missing.NOT_RECORDED,
        Missing.NOT_RECORDED,
    ]


def test_a_band_whose_colour_nobody_wrote_down_may_be_of_any_colour() -> None:
    sets = [_set(has_band=True, band="red"), _set(has_band=True), _set()]
    red = [one.amount for one in measure_colour(sets, "red")]
    blue = [one.amount for one in measure_colour(sets, "blue")]
    assert (red, blue) == ([10.0, Missing.NOT_RECORDED], [Missing.NOT_RECORDED])


def test_an_unknown_set_may_be_of_any_colour_too() -> None:
    unknown = _set(has_band=True, band="red", state=SetState.UNKNOWN)
    assert [one.amount for one in measure_colour([unknown], "blue")] == [Missing.NOT_RECORDED]


def test_sets_of_a_category_are_those_of_what_she_did() -> None:
    jump = _set(category="strength", planned_category="plyometric")
    assert choose_sets([jump], "strength") == [jump]
    assert choose_sets([jump], "plyometric") == []
    assert choose_sets([jump], None) == [jump]
