import pytest

from protocol.training.plan import compute_digest
from protocol.training.week_view import show_plan
from tests.unit.protocol.training.plans import as_printed


def test_all_weeks_or_one() -> None:
    shown = show_plan(as_printed())
    assert [week.week for week in shown.weeks] == list(range(1, 9))
    assert shown.plan_digest == compute_digest(as_printed())
    third = show_plan(as_printed(), 3).weeks
    assert third == shown.weeks[2:3]


def test_a_week_has_its_exercises_steps_and_sessions() -> None:
    week = show_plan(as_printed(), 4).weeks[0]
    foam = next(one for one in week.exercises if one.exercise == "tandem-foam-support")
    assert (foam.steps, foam.sets, foam.band_ceiling) == ((12, 15), 3, None)
    assert foam.printed_name == "Tandem stance on the foam with support"
    assert [session.session for session in week.sessions] == [10, 11, 12]
    assert len(week.exercises) == 19
    assert (week.band_ceiling, week.effort.word) == ("green", "low")


def test_a_week_outside_the_plan_is_refused() -> None:
    for week in (0, 9, -1):
        with pytest.raises(ValueError, match=f"week {week} isn't one of the plan's 8"):
            show_plan(as_printed(), week)
