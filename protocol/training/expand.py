"""One session out of a plan: its stations, what is prescribed at each, how long it takes."""

from msgspec import Struct

from protocol.training.effort import cr10_of_target
from protocol.training.exercises import Exercise
from protocol.training.frame import EffortTarget
from protocol.training.minutes import SessionMinutes, compute_minutes, compute_work_s
from protocol.training.plan import TrainingPlan, compute_digest
from protocol.training.prescribing import first_week, row_nearest, step_in_session
from protocol.training.selection import select_stations
from protocol.training.standing import enter_standing
from protocol.training.vocabulary import RestScope, RotationRule, Sides, Support, Unit


class Alternative(Struct, frozen=True):
    """What somebody can do at a station instead, with which she would begin."""

    exercise: str
    name: str
    cue: str
    support: Support
    amount: int
    unit: Unit
    sides: Sides
    band: str | None
    locked: bool  # until her readiness is signed off


class PlannedStation(Struct, frozen=True):
    """One station and its sets. `amount` is the plan's step, the range is that of its weeks."""

    station: int  # counted from 1, in the order of the floor
    exercise: str
    name: str
    category: str
    cue: str
    support: Support
    needs: tuple[str, ...]
    level: int | None  # plyometric intensity
    instead: str | None  # the exercise while this one is locked for her
    sets: int
    amount_low: int
    amount_high: int
    amount: int
    unit: Unit
    sides: Sides
    band_ceiling: str | None  # None: no band here
    work_s: float  # of one set at `amount`
    alternatives: tuple[Alternative, ...]  # of the same category, and the plan's own stand-in


class PlannedEffort(Struct, frozen=True):
    """The effort aimed at and accepted, on 6 to 20, and the aim converted to 0 to 10."""

    weeks: tuple[int, int]
    word: str
    target: tuple[int, int]
    accept: tuple[int, int]
    cr10: tuple[float, float]


class PlannedSession(Struct, frozen=True):
    """Everything that a session's screen needs of the plan."""

    plan: str
    plan_digest: str
    language: str  # of the names and cues below
    week: int
    session: int
    session_in_week: int
    rounds: int
    rest_s: int
    rest_scope: RestScope
    changeover_s: int  # from station to station where no rest covers it
    rotation: RotationRule
    band_ceiling: str | None
    effort: PlannedEffort
    stations: tuple[PlannedStation, ...]
    minutes: SessionMinutes


def expand_session(plan: TrainingPlan, session: int) -> PlannedSession:
    """Session `session` of a parsed plan, counted from 1. Raises ValueError outside the plan."""
    week = plan.week_of(session)
    exercises = select_stations(plan, session)
    stations = tuple(
        _expand_station(plan, exercise, session, number)
        for number, exercise in enumerate(exercises, 1)
    )
    unit_s = plan.session.unit_s
    tops_s = [
        compute_work_s(exercise, station.amount_high, unit_s)
        for exercise, station in zip(exercises, stations, strict=True)
    ]
    return PlannedSession(
        plan=plan.id,
        plan_digest=compute_digest(plan),
        language=plan.language,
        week=week,
        session=session,
        session_in_week=(session - 1) % plan.course.sessions_per_week + 1,
        rounds=plan.session.rounds,
        rest_s=plan.session.rest_s,
        rest_scope=plan.session.rest_scope,
        changeover_s=plan.session.changeover_s,
        rotation=plan.selection.rotation,
        band_ceiling=plan.band_ceiling_of(week),
        effort=expand_effort(plan.effort_of(week), week),
        stations=stations,
        minutes=compute_minutes([one.work_s for one in stations], tops_s, plan.session),
    )


def expand_effort(target: EffortTarget | None, week: int) -> PlannedEffort:
    """The effort of a week. Raises ValueError where the plan has none."""
    if target is None:
        raise ValueError(f"week {week} has no effort target")
    cr10 = cr10_of_target(target)
    return PlannedEffort(target.weeks, target.word, target.target, target.accept, cr10)


def _expand_station(
    plan: TrainingPlan, exercise: Exercise, session: int, number: int
) -> PlannedStation:
    week = plan.week_of(session)
    row = row_nearest(plan, exercise, week)  # a listed session may hold what its week doesn't
    if row is None:
        raise ValueError(f"{exercise.id} has no row")
    amount = step_in_session(plan, row, session)
    return PlannedStation(
        station=number,
        exercise=exercise.id,
        name=exercise.name,
        category=exercise.category,
        cue=exercise.cue,
        support=exercise.support,
        needs=exercise.needs,
        level=exercise.level,
        instead=exercise.instead,
        sets=row.sets,
        amount_low=row.amount[0],
        amount_high=row.amount[1],
        amount=amount,
        unit=exercise.unit,
        sides=exercise.sides,
        band_ceiling=plan.band_ceiling_of(week) if exercise.band else None,
        work_s=compute_work_s(exercise, amount, plan.session.unit_s),
        alternatives=list_alternatives(plan, exercise, session),
    )


def list_alternatives(
    plan: TrainingPlan, exercise: Exercise, session: int
) -> tuple[Alternative, ...]:
    """The plan's stand-in first, then the others of its category that the course has reached.

    Raises ValueError outside the plan.
    """
    week = plan.week_of(session)
    reached = [
        one
        for one in plan.exercises
        if one.category == exercise.category and first_week(plan, one) <= week
    ]
    stand_ins = [one for one in plan.exercises if one.id == exercise.instead]
    others = [one for one in [*stand_ins, *reached] if one.id != exercise.id]
    return tuple(_describe_alternative(plan, one, session) for one in dict.fromkeys(others))


def _describe_alternative(plan: TrainingPlan, exercise: Exercise, session: int) -> Alternative:
    standing = enter_standing(plan, exercise.id, session)
    return Alternative(
        exercise=exercise.id,
        name=exercise.name,
        cue=exercise.cue,
        support=exercise.support,
        amount=standing.amount,
        unit=exercise.unit,
        sides=exercise.sides,
        band=standing.band,
        locked=exercise.category in plan.progression.locked,
    )
