"""What a plan prescribes in a week and in a session."""

from protocol.training.exercises import Exercise, PrescriptionRow
from protocol.training.plan import TrainingPlan


def row_in_week(plan: TrainingPlan, exercise: Exercise, week: int) -> PrescriptionRow | None:
    """The row that holds in a week; None where the exercise isn't prescribed."""
    rows = plan.rows_of(exercise)
    return next((row for row in rows if row.weeks[0] <= week <= row.weeks[1]), None)


def exercises_in_week(plan: TrainingPlan, week: int) -> tuple[Exercise, ...]:
    """Everything prescribed in a week, in the plan's order."""
    return tuple(e for e in plan.exercises if row_in_week(plan, e, week) is not None)


def first_week(plan: TrainingPlan, exercise: Exercise) -> int:
    """The week from which it is prescribed; after the course's last for one that never is."""
    never = plan.course.weeks + 1
    return min((row.weeks[0] for row in plan.rows_of(exercise)), default=never)


def row_nearest(plan: TrainingPlan, exercise: Exercise, week: int) -> PrescriptionRow | None:
    """The row of a week, else the nearest one: for whoever does an exercise out of its weeks."""
    rows = plan.rows_of(exercise)
    return min(rows, key=lambda row: _weeks_away(row, week), default=None)


def _weeks_away(row: PrescriptionRow, week: int) -> int:
    first, last = row.weeks
    return max(first - week, week - last, 0)


def step_in_session(plan: TrainingPlan, row: PrescriptionRow, session: int) -> int:
    """The row's amount in a session: its steps, spread evenly over its sessions.

    Two steps over a week of three sessions are the first, the first and the second.
    """
    a_week = plan.course.sessions_per_week
    first_session = (row.weeks[0] - 1) * a_week + 1
    n_sessions = (row.weeks[1] - row.weeks[0] + 1) * a_week
    place = min(max(session - first_session, 0), n_sessions - 1)
    return row.steps[place * len(row.steps) // n_sessions]
