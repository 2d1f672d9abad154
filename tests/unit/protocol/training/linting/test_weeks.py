from msgspec.structs import replace

from protocol.training.exercises import PrescriptionRow
from protocol.training.linting.weeks import (
    count_stations_printed,
    count_stations_scheduled,
    find_amounts_falling,
    find_category_holes,
    find_exercise_holes,
    find_load_falling,
    find_rows_against_category,
    find_sets_not_rounds,
    find_steps_within_a_week,
    find_thin_weeks,
)
from protocol.training.plan import TrainingPlan
from tests.unit.protocol.training.plans import (
    as_printed,
    change_category,
    change_exercise,
    make_plan,
)


def _rows(*rows: PrescriptionRow) -> TrainingPlan:
    return change_exercise(make_plan([2, 2]), "c0-e0", rows=rows)


def _row(first: int, last: int, *steps: int) -> PrescriptionRow:
    return PrescriptionRow((first, last), 3, (8, 12), steps or (8,))


def test_stations_a_week_are_those_of_the_design() -> None:
    """training-plan.md: by the outer weeks of each category, and under reading R1."""
    assert count_stations_printed(as_printed()) == [23, 23, 23, 23, 23, 28, 22, 10]
    assert count_stations_scheduled(as_printed()) == [20, 20, 19, 19, 19, 24, 18, 10]


def test_the_load_falls_after_week_6() -> None:
    (found,) = find_load_falling(as_printed())
    assert "weeks 3, 7, 8" in found.message
    assert "23, 23, 23, 23, 23, 28, 22, 10" in found.message
    assert "20, 20, 19, 19, 19, 24, 18, 10" in found.message
    assert list(find_load_falling(make_plan([3]))) == []


def test_week_8_has_two_categories() -> None:
    assert [one.message for one in find_thin_weeks(as_printed())] == [
        "week 8 has 2 of 5 categories: plyometric, strength"
    ]
    assert list(find_thin_weeks(make_plan([3]))) == []


def test_a_category_with_a_hole() -> None:
    plan = make_plan([1, 1])
    plan = change_exercise(plan, "c0-e0", rows=(_row(1, 1), _row(3, 4)))
    assert [one.message for one in find_category_holes(plan)] == [
        "says weeks 1-4, but has nothing in 2"
    ]
    empty = replace(plan, exercises=plan.exercises[1:])
    assert [(one.code, one.where) for one in find_category_holes(empty)] == [
        ("category_empty", "categories.c0")
    ]


def test_an_exercise_that_stops_and_returns_or_never_comes_or_is_told_twice() -> None:
    assert [one.message for one in find_exercise_holes(_rows(_row(1, 1), _row(3, 4)))] == [
        "stops and returns: no 2"
    ]
    assert [one.code for one in find_exercise_holes(_rows(_row(5, 6)))] == ["exercise_never"]
    assert [one.message for one in find_exercise_holes(_rows(_row(1, 3), _row(3, 4)))] == [
        "two rows speak of weeks 3; the first one holds"
    ]
    assert list(find_exercise_holes(as_printed())) == []


def test_rows_that_disagree_with_their_category() -> None:
    plan = change_exercise(
        as_printed(),
        "tandem-foam-free",
        rows=(PrescriptionRow((5, 8), 3, (8, 16), (8,)),),
    )
    assert [(one.code, one.message) for one in find_rows_against_category(plan)] == [
        ("weeks_disagree", "weeks 5-8, but its category has weeks 1-7"),
        ("amounts_disagree", "8-16, but its category says 8-15. Which?"),
    ]
    assert list(find_rows_against_category(as_printed())) == []


def test_amounts_that_fall_without_anything_harder() -> None:
    (found,) = find_amounts_falling(_rows(_row(1, 2, 12), _row(3, 4, 8)))
    assert found.message == "falls from 12 to 8 in week 3, with nothing harder for it"
    within = list(find_amounts_falling(_rows(_row(1, 4, 12, 8))))
    assert [one.where for one in within] == ["exercises.c0-e0"]
    assert list(find_amounts_falling(as_printed())) == []


def test_amounts_may_fall_when_the_band_gets_stronger() -> None:
    saw = change_category(as_printed(), "strength", steps=(8, 15) * 4)
    assert list(find_amounts_falling(saw)) == []
    no_band = change_exercise(saw, "hip-flexion-band", band=False)
    assert [one.where for one in find_amounts_falling(no_band)] == ["exercises.hip-flexion-band"]
    late = change_category(as_printed(), "strength", steps=(15, 8) * 4)  # falls within a colour
    assert len(list(find_amounts_falling(late))) == 5


def test_two_amounts_in_one_week() -> None:
    assert [one.where for one in find_steps_within_a_week(as_printed())] == [
        "exercises.static-lunge-free.rows[1]"
    ]


def test_sets_that_are_not_the_rounds() -> None:
    plan = change_category(as_printed(), "core", sets=2)
    assert [one.message for one in find_sets_not_rounds(plan)] == [
        "2 sets, but a session has 3 rounds"
    ]
    assert list(find_sets_not_rounds(as_printed())) == []
