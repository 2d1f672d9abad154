"""Rules on the sessions as they come out of the plan; asked only of a plan without errors."""

from collections.abc import Iterator

from protocol.training.exercises import Exercise
from protocol.training.expand import PlannedSession, expand_session
from protocol.training.linting.findings import Finding, find_error, find_note, find_warning
from protocol.training.minutes import S_PER_MIN
from protocol.training.plan import TrainingPlan
from protocol.training.prescribing import exercises_in_week, row_in_week
from protocol.training.selection import select_stations
from protocol.training.vocabulary import Sides


def _expand_all(plan: TrainingPlan) -> list[PlannedSession]:
    return [expand_session(plan, session) for session in range(1, plan.n_sessions + 1)]


def find_sessions_too_long(plan: TrainingPlan) -> Iterator[Finding]:
    main = plan.session.main_min
    sessions = _expand_all(plan)
    over = [one for one in sessions if not one.minutes.fits]
    if over:
        worst = max(over, key=lambda one: one.minutes.expected_main)
        message = f"{len(over)} sessions don't fit {main} minutes, the longest is session "
        message += f"{worst.session}: {worst.minutes.formula}"
        yield find_error("session_too_long", "selection.stations", message)
    may = [one for one in sessions if one.minutes.fits and one.minutes.longest_main > main]
    if may:
        worst = max(may, key=lambda one: one.minutes.longest_main)
        message = f"at the top of their ranges {len(may)} sessions don't fit {main} minutes, the "
        message += f"longest is session {worst.session} with {worst.minutes.longest_main}"
        yield find_warning("session_may_be_too_long", "selection.stations", message)


def find_weeks_not_covered(plan: TrainingPlan) -> Iterator[Finding]:
    """Exercises that a week prescribes and none of its sessions has, and the other way round."""
    a_week = plan.course.sessions_per_week
    for week in range(1, plan.course.weeks + 1):
        sessions = range((week - 1) * a_week + 1, week * a_week + 1)
        chosen = {one.id for session in sessions for one in select_stations(plan, session)}
        missing = [one.id for one in exercises_in_week(plan, week) if one.id not in chosen]
        if missing:
            message = f"week {week} prescribes {len(missing)} exercises that none of its sessions "
            message += f"has: {', '.join(missing)}"
            yield find_warning("week_not_covered", "selection", message)
        strange = [one for one in chosen if row_in_week(plan, plan.exercise(one), week) is None]
        if strange:
            message = f"week {week} has stations it doesn't prescribe: {', '.join(sorted(strange))}"
            yield find_warning("station_not_in_week", "selection.listed", message)


def compute_turn_work_s(plan: TrainingPlan) -> float:
    """Seconds of work that a turn can have: the main part over its turns, less the rest."""
    n_turns = plan.selection.stations * plan.session.rounds
    return plan.session.main_min * S_PER_MIN / n_turns - plan.session.rest_s


def find_sides_too_long(plan: TrainingPlan) -> Iterator[Finding]:
    """Exercises of one side at a time whose amount, done on each side, is longer than a turn."""
    turn_s = compute_turn_work_s(plan)
    for sides, find in ((Sides.EACH_SIDE, find_warning), (Sides.SHARED, find_note)):
        timed = [(one, _both_sides(plan, one)) for one in plan.exercises if one.sides is sides]
        over = [(one, most, needed_s) for one, (most, needed_s) in timed if needed_s > turn_s]
        if not over:
            continue
        longest, most, needed_s = max(over, key=lambda one: one[2])
        message = (
            f"{len(over)} exercises work one side at a time. {plan.selection.stations} stations in "
            f"{plan.session.rounds} rounds leave {turn_s:.0f} s of work a turn; on each side "
            f"{most} {longest.unit.value} take {needed_s:.0f} s ({longest.id})"
        )
        if sides is Sides.SHARED:
            message += ". Here both sides share the number"
        yield find("sides_too_long", "exercises", message)


def _both_sides(plan: TrainingPlan, exercise: Exercise) -> tuple[int, float]:
    """The exercise's greatest amount, and its seconds on both sides."""
    most = max((row.amount[1] for row in plan.rows_of(exercise)), default=0)
    return most, 2 * most * plan.session.unit_s.of(exercise.unit)


SESSION_RULES = (
    find_sessions_too_long,
    find_weeks_not_covered,
    find_sides_too_long,
)
