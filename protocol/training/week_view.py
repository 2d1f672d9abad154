"""A plan week by week, as it is shown."""

from msgspec import Struct

from protocol.training.expand import PlannedEffort, PlannedSession, expand_effort, expand_session
from protocol.training.plan import TrainingPlan, compute_digest
from protocol.training.prescribing import row_in_week, step_in_session
from protocol.training.vocabulary import Sides, Support, Unit


class ShownExercise(Struct, frozen=True):
    """What a week prescribes of one exercise. `steps` are the amounts of its sessions."""

    exercise: str
    name: str
    printed_name: str
    category: str
    sets: int
    amount_low: int
    amount_high: int
    steps: tuple[int, ...]
    unit: Unit
    sides: Sides
    support: Support
    band_ceiling: str | None


class ShownWeek(Struct, frozen=True):
    """One week: what it prescribes and the sessions it is dealt to."""

    week: int
    effort: PlannedEffort
    band_ceiling: str | None
    exercises: tuple[ShownExercise, ...]
    sessions: tuple[PlannedSession, ...]


class ShownPlan(Struct, frozen=True):
    """The plan with its digest, and the weeks asked for."""

    plan: TrainingPlan
    plan_digest: str
    weeks: tuple[ShownWeek, ...]


def show_plan(plan: TrainingPlan, week: int | None = None) -> ShownPlan:
    """All weeks of a parsed plan, or one. Raises ValueError for a week outside it."""
    if week is not None and not 1 <= week <= plan.course.weeks:
        raise ValueError(f"week {week} isn't one of the plan's {plan.course.weeks}")
    weeks = range(1, plan.course.weeks + 1) if week is None else [week]
    return ShownPlan(plan, compute_digest(plan), tuple(_show_week(plan, one) for one in weeks))


def _show_week(plan: TrainingPlan, week: int) -> ShownWeek:
    a_week = plan.course.sessions_per_week
    sessions = range((week - 1) * a_week + 1, week * a_week + 1)
    return ShownWeek(
        week=week,
        effort=expand_effort(plan.effort_of(week), week),
        band_ceiling=plan.band_ceiling_of(week),
        exercises=tuple(
            ShownExercise(
                exercise=exercise.id,
                name=exercise.name,
                printed_name=exercise.printed_name,
                category=exercise.category,
                sets=row.sets,
                amount_low=row.amount[0],
                amount_high=row.amount[1],
                steps=tuple(dict.fromkeys(step_in_session(plan, row, one) for one in sessions)),
                unit=exercise.unit,
                sides=exercise.sides,
                support=exercise.support,
                band_ceiling=plan.band_ceiling_of(week) if exercise.band else None,
            )
            for exercise in plan.exercises
            if (row := row_in_week(plan, exercise, week)) is not None
        ),
        sessions=tuple(expand_session(plan, session) for session in sessions),
    )
