from msgspec.structs import replace

from protocol.training.frame import ListedSession
from protocol.training.linting.findings import Severity
from protocol.training.linting.sessions import (
    compute_turn_work_s,
    find_sessions_too_long,
    find_sides_too_long,
    find_weeks_not_covered,
)
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Sides
from tests.unit.protocol.training.plans import as_printed, change_category, change_exercise


def _select(plan: TrainingPlan, **changes: object) -> TrainingPlan:
    return replace(plan, selection=replace(plan.selection, **changes))


def test_sessions_that_do_not_fit() -> None:
    (found,) = find_sessions_too_long(_select(as_printed(), stations=12))
    assert found.severity is Severity.ERROR
    assert "36 turns × 45 s + 35 rests × 60 s = 62.0 min" in found.message
    assert list(find_sessions_too_long(as_printed())) == []


def test_sessions_that_fit_at_their_steps_only() -> None:
    each = replace(as_printed(), exercises=())
    for exercise in as_printed().exercises:
        changed = replace(exercise, sides=Sides.EACH_SIDE)
        each = replace(each, exercises=(*each.exercises, changed))
    found = {one.code: one for one in find_sessions_too_long(each)}
    assert set(found) == {"session_too_long", "session_may_be_too_long"}
    assert found["session_may_be_too_long"].severity is Severity.WARNING


def test_a_turn_leaves_52_seconds_of_work() -> None:
    """training-plan.md: eight stations × 3 sets leave about 52 s, 15 on each side take 90 s."""
    assert compute_turn_work_s(as_printed()) == 52.5
    (found,) = find_sides_too_long(as_printed())
    assert found.severity is Severity.NOTE
    assert "12 exercises" in found.message
    assert "leave 52 s of work a turn; on each side 15 reps take 90 s" in found.message


def test_each_side_that_does_not_fit_is_a_warning() -> None:
    plan = change_exercise(as_printed(), "hip-flexion-band", sides=Sides.EACH_SIDE)
    severities = [one.severity for one in find_sides_too_long(plan)]
    assert severities == [Severity.WARNING, Severity.NOTE]
    six = _select(change_category(plan, "strength", amount=(8, 12), steps=(8, 12)), stations=6)
    assert list(find_sides_too_long(six)) == []


def test_a_week_that_has_more_than_its_sessions() -> None:
    found = list(find_weeks_not_covered(_select(as_printed(), stations=6)))
    assert [one.message.split(" prescribes ")[0] for one in found] == [
        "week 1", "week 2", "week 3", "week 4", "week 5", "week 6",
    ]  # fmt: skip
    assert list(find_weeks_not_covered(as_printed())) == []


def test_a_listed_station_that_its_week_does_not_have() -> None:
    listed = (ListedSession(1, ("hop-marks", "pelvic-tilt")),)
    found = list(find_weeks_not_covered(_select(as_printed(), listed=listed)))
    assert ("station_not_in_week", "week 1 has stations it doesn't prescribe: hop-marks") in [
        (one.code, one.message) for one in found
    ]
