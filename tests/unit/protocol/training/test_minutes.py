import pytest
from msgspec.structs import replace

from protocol.training.minutes import compute_main_s, compute_minutes, compute_work_s
from protocol.training.vocabulary import RestScope, Sides, Unit
from tests.unit.protocol.training.plans import as_printed, make_exercise

SHAPE = as_printed().session


def test_one_set_takes_its_amount_and_both_sides_where_each_does_it() -> None:
    unit_s = SHAPE.unit_s
    exercise = make_exercise("x", "c")
    assert compute_work_s(exercise, 15, unit_s) == 45
    each = replace(exercise, sides=Sides.EACH_SIDE)
    assert compute_work_s(each, 15, unit_s) == 90  # training-plan.md: 15 on each side take 90 s
    assert compute_work_s(replace(exercise, sides=Sides.SHARED), 15, unit_s) == 45
    hold = replace(each, unit=Unit.SECONDS)
    assert compute_work_s(hold, 15, unit_s) == 30
    assert compute_work_s(replace(exercise, unit=Unit.METRES), 15, unit_s) == 15


@pytest.mark.parametrize(
    ("scope", "seconds"),
    [
        # 6 turns of 30 s and 5 rests of 60 s, by hand
        (RestScope.BETWEEN_STATIONS, 6 * 30 + 5 * 60),
        (RestScope.BETWEEN_SETS, 6 * 30 + 5 * 60),
        # 6 turns with a change of 10 s each, and 2 rests between 3 rounds
        (RestScope.BETWEEN_ROUNDS, 6 * 30 + 6 * 10 + 2 * 60),
    ],
)
def test_rests_stand_where_the_plan_puts_them(scope: RestScope, seconds: float) -> None:
    assert compute_main_s([30.0] * 6, replace(SHAPE, rest_scope=scope)) == seconds
    assert compute_main_s([], replace(SHAPE, rest_scope=scope)) == 0


def test_a_turn_lasts_as_its_longest_station() -> None:
    minutes = compute_minutes([45.0, 9.0], [45.0, 50.0], SHAPE)
    assert (minutes.turn_work_s, minutes.expected_main) == (45.0, 9.5)  # 6 × 45 + 5 × 60 = 570 s
    assert minutes.longest_main == 10.0  # 6 × 50 + 300
    assert (minutes.n_turns, minutes.n_rests) == (6, 5)
    assert minutes.formula == "6 turns × 45 s + 5 rests × 60 s = 9.5 min"
    assert minutes.fits


def test_sets_that_fit_45_minutes() -> None:
    """training-plan.md: 84-105 s per set, so 25.7-32.1 sets; eight stations × 3 fit, nine don't."""
    assert round(2700 / 105, 1) == 25.7
    assert compute_minutes([45.0] * 8, [45.0] * 8, SHAPE).fits
    assert not compute_minutes([45.0] * 9, [45.0] * 9, SHAPE).fits
    assert compute_minutes([24.0] * 10, [24.0] * 10, SHAPE).fits  # at 8 repetitions ten do
    assert compute_minutes([90.0] * 6, [90.0] * 6, SHAPE).fits  # on each side six do
    assert not compute_minutes([90.0] * 7, [90.0] * 7, SHAPE).fits


def test_a_session_may_fill_the_main_part_to_the_second() -> None:
    shape = replace(SHAPE, rounds=1)
    assert compute_minutes([2700.0], [2700.0], shape).fits
    assert not compute_minutes([2700.5], [2700.5], shape).fits


def test_the_formula_between_rounds() -> None:
    shape = replace(SHAPE, rest_scope=RestScope.BETWEEN_ROUNDS)
    minutes = compute_minutes([30.0] * 2, [30.0] * 2, shape)
    told = "6 turns × 30 s + 6 changes × 10 s + 2 rests × 60 s = 6.0 min"
    assert minutes.formula == told
    assert (minutes.n_turns, minutes.n_rests) == (6, 2)


def test_a_latecomers_warm_up_is_the_plans_and_a_plan_may_have_none() -> None:
    assert compute_minutes([45.0], [45.0], SHAPE).late_warmup == 5
    assert compute_minutes([45.0], [45.0], replace(SHAPE, late_warmup_min=0)).late_warmup == 0
