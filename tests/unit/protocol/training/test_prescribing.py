from protocol.training.exercises import PrescriptionRow
from protocol.training.prescribing import (
    exercises_in_week,
    first_week,
    row_in_week,
    row_nearest,
    step_in_session,
)
from tests.unit.protocol.training.plans import as_printed, change_exercise


def test_steps_are_spread_evenly_over_the_sessions_of_a_row() -> None:
    plan = as_printed()
    two_weeks = PrescriptionRow((3, 4), 3, (8, 15), (8, 12, 15))
    assert [step_in_session(plan, two_weeks, s) for s in range(7, 13)] == [8, 8, 12, 12, 15, 15]
    one_week = PrescriptionRow((2, 2), 3, (8, 12), (8, 12))
    assert [step_in_session(plan, one_week, s) for s in (4, 5, 6)] == [8, 8, 12]


def test_out_of_its_weeks_a_row_gives_its_nearest_step() -> None:
    plan = as_printed()
    row = PrescriptionRow((3, 4), 3, (8, 15), (8, 12, 15))
    assert (step_in_session(plan, row, 1), step_in_session(plan, row, 24)) == (8, 15)


def test_rows_of_its_own_win_over_the_category() -> None:
    plan = as_printed()
    tandem = plan.exercise("tandem-stance")
    assert row_in_week(plan, tandem, 2) == tandem.rows[0]
    assert row_in_week(plan, tandem, 3) is None
    core = row_in_week(plan, plan.exercise("pelvic-tilt"), 6)
    assert core is not None
    assert core.amount == (8, 12)
    assert row_in_week(plan, plan.exercise("pelvic-tilt"), 7) is None


def test_the_nearest_row_for_whoever_does_it_out_of_its_weeks() -> None:
    plan = as_printed()
    early = PrescriptionRow((1, 2), 3, (8, 8), (8,))
    late = PrescriptionRow((5, 7), 3, (15, 15), (15,))
    plan = change_exercise(plan, "tandem-stance", rows=(early, late))
    tandem = plan.exercise("tandem-stance")
    assert [row_nearest(plan, tandem, week) for week in (1, 3, 4, 8)] == [early, early, late, late]
    assert first_week(plan, tandem) == 1
    next_to_it = PrescriptionRow((3, 4), 3, (9, 9), (9,))
    plan = change_exercise(plan, "tandem-stance", rows=(early, next_to_it))
    assert row_nearest(plan, plan.exercise("tandem-stance"), 3) == next_to_it


def test_what_a_week_prescribes_in_the_plans_order() -> None:
    names = [one.id for one in exercises_in_week(as_printed(), 8)]
    assert names[0] == "shoulder-hip-flexion-band"
    assert names[-1] == "hop-marks"
    assert len(names) == 10
