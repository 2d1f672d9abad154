import pytest
from msgspec.structs import replace

from protocol.training.standing import (
    Standing,
    axis_of_amount,
    find_family,
    is_locked,
    is_over_ceiling,
    list_rungs,
    open_exercise,
    plan_standing,
    start_standing,
    step_down,
    step_up,
)
from protocol.training.vocabulary import Axis
from tests.unit.protocol.training.plans import as_printed, tailored


def test_a_family_is_easiest_first_whoever_asks() -> None:
    family = ["tandem-stance", "tandem-foam-support", "tandem-foam-free"]
    for name in family:
        assert [one.id for one in find_family(tailored(), name)] == family
    assert [one.id for one in find_family(tailored(), "sit-to-stand")] == ["sit-to-stand"]
    with pytest.raises(KeyError):
        find_family(tailored(), "tandem")


def test_she_starts_easy_and_on_the_weakest_band() -> None:
    plan = tailored()
    assert start_standing(plan, "tandem-foam-free", 13) == Standing("tandem-stance", 10, None, 13)
    assert start_standing(plan, "hip-flexion-band", 20) == Standing(
        "hip-flexion-band", 15, "red", 20
    )
    assert start_standing(plan, "pelvic-tilt", 1) == Standing("pelvic-tilt", 8, None, 1)


def test_as_printed_starts_where_the_plan_stands() -> None:
    plan = as_printed()
    wanted = Standing("hip-flexion-band", 12, "green", 10)
    assert start_standing(plan, "hip-flexion-band", 10) == wanted
    assert plan_standing(plan, "hip-flexion-band", 10) == wanted
    assert plan_standing(plan, "pelvic-tilt", 1).band is None


def test_rungs_are_those_of_the_policy_within_the_rows_range() -> None:
    plan = tailored()
    assert list_rungs(plan, plan.exercise("walk-cones"), 1) == (3, 8, 15)
    assert list_rungs(plan, plan.exercise("tandem-stance"), 1) == (8, 10)
    assert list_rungs(plan, plan.exercise("tandem-foam-support"), 3) == (8, 10, 12, 15)
    printed = as_printed()
    assert list_rungs(printed, printed.exercise("walk-cones"), 1) == (3, 5, 7, 9, 11, 13, 15)


def test_a_step_up_on_each_axis() -> None:
    plan = tailored()

    def up(standing: Standing, axis: Axis, session: int) -> Standing | None:
        return step_up(plan, standing, axis, session, signed_off=False)

    red = Standing("hip-flexion-band", 15, "red", 1)
    assert up(red, Axis.BAND, 7) == Standing("hip-flexion-band", 15, "green", 7)
    assert up(red, Axis.BAND, 6) is None  # week 2 allows red
    assert up(red, Axis.REPETITIONS, 7) is None  # at the top
    assert up(replace(red, amount=10), Axis.REPETITIONS, 7) == Standing(
        "hip-flexion-band", 12, "red", 7
    )
    assert up(replace(red, amount=10), Axis.DURATION, 7) is None
    tandem = Standing("tandem-stance", 8, None, 1)
    assert up(tandem, Axis.DURATION, 2) == Standing("tandem-stance", 10, None, 2)
    assert up(tandem, Axis.TYPE, 6) is None  # foam begins in week 3 …
    assert up(tandem, Axis.TYPE, 16) == Standing(
        "tandem-foam-support", 15, None, 16
    )  # … stays open
    assert up(tandem, Axis.BAND, 7) is None
    black = Standing("hip-flexion-band", 15, "black", 1)
    assert up(black, Axis.BAND, 24) is None


def test_a_locked_exercise_is_no_step() -> None:
    plan, lunge = tailored(), Standing("static-lunge-free", 12, None, 5)
    assert step_up(plan, lunge, Axis.TYPE, 16, signed_off=False) is None
    stepped = step_up(plan, lunge, Axis.TYPE, 16, signed_off=True)
    assert stepped == Standing("dynamic-lunge-return", 3, None, 16)


def test_a_step_down_on_each_axis() -> None:
    plan = tailored()
    green = Standing("hip-flexion-band", 15, "green", 7)
    assert step_down(plan, green, Axis.BAND, 9) == Standing("hip-flexion-band", 15, "red", 9)
    assert step_down(plan, replace(green, band="red"), Axis.BAND, 9) is None
    assert step_down(plan, green, Axis.REPETITIONS, 9) == Standing(
        "hip-flexion-band", 12, "green", 9
    )
    foam = Standing("tandem-foam-support", 15, None, 7)
    assert step_down(plan, foam, Axis.TYPE, 9) == Standing("tandem-stance", 10, None, 9)
    assert step_down(plan, Standing("tandem-stance", 8, None, 1), Axis.TYPE, 9) is None
    assert step_down(plan, Standing("tandem-stance", 8, None, 1), Axis.DURATION, 9) is None


def test_what_she_does_while_something_is_locked_for_her() -> None:
    plan = tailored()
    assert open_exercise(plan, "hop-marks", signed_off=False) == "tandem-stance"
    assert open_exercise(plan, "hop-marks", signed_off=True) == "hop-marks"
    assert open_exercise(plan, "sit-to-stand", signed_off=False) == "sit-to-stand"
    assert is_locked(plan, plan.exercise("hop-marks"), signed_off=False)
    assert not is_locked(plan, plan.exercise("sit-to-stand"), signed_off=False)


def test_over_the_ceiling_of_the_week() -> None:
    plan, blue = tailored(), Standing("hip-flexion-band", 15, "blue", 1)
    assert [is_over_ceiling(plan, blue, session) for session in (1, 7, 12, 13)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert not is_over_ceiling(plan, Standing("pelvic-tilt", 8, None, 1), 1)


def test_holds_grow_in_duration_and_all_else_in_number() -> None:
    plan = tailored()
    assert axis_of_amount(plan.exercise("tandem-stance")) is Axis.DURATION
    assert axis_of_amount(plan.exercise("walk-cones")) is Axis.REPETITIONS
