"""One session out of a plan: its stations, what is prescribed at each, how long it takes."""

from typing import Any

from msgspec import Struct

from protocol.training.effort import cr10_of_target
from protocol.training.exercises import Exercise
from protocol.training.frame import EffortTarget
from protocol.training.lighter import lighten
from protocol.training.minutes import SessionMinutes, compute_minutes, compute_work_s
from protocol.training.plan import TrainingPlan, compute_digest
from protocol.training.prescribing import first_week, row_nearest, step_in_session
from protocol.training.selection import select_stations
from protocol.training.standing import enter_standing, is_locked
from protocol.training.vocabulary import RestScope, RotationRule, Sides, Support, Unit


class PlannedExercise(Struct, frozen=True, kw_only=True):
    """One exercise as a screen shows it, with an amount of it."""

    exercise: str
    name: str
    cue: str
    support: Support
    amount: int
    unit: Unit
    sides: Sides
    work_s: float  # of one set at `amount`


class LighterAmount(Struct, frozen=True):
    """The same exercise, one level less."""

    amount: int
    band: str | None


class Alternative(PlannedExercise, frozen=True, kw_only=True):
    """What somebody can do at a station instead, with which she would begin."""

    band: str | None
    lighter: LighterAmount | None  # on a lighter day; None where the plan has nothing lighter
    locked: bool  # until her readiness is signed off


class PlannedStation(PlannedExercise, frozen=True, kw_only=True):
    """One station and its sets. `amount` is the plan's step, the range is that of its weeks."""

    station: int  # counted from 1, in the order of the floor
    category: str
    needs: tuple[str, ...]
    level: int | None  # plyometric intensity
    instead: str | None  # the exercise while this one is locked for her
    sets: int
    amount_low: int
    amount_high: int
    band_ceiling: str | None  # None: no band here
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
        **_describe(plan, exercise, amount),
        station=number,
        category=exercise.category,
        needs=exercise.needs,
        level=exercise.level,
        instead=exercise.instead,
        sets=row.sets,
        amount_low=row.amount[0],
        amount_high=row.amount[1],
        band_ceiling=plan.band_ceiling_of(week) if exercise.band else None,
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
    lighter = lighten(plan, standing, session)
    return Alternative(
        **_describe(plan, exercise, standing.amount),
        band=standing.band,
        lighter=None if lighter is None else LighterAmount(lighter.amount, lighter.band),
        locked=is_locked(plan, exercise, signed_off=False),
    )


def _describe(plan: TrainingPlan, exercise: Exercise, amount: int) -> dict[str, Any]:
    """The fields that stations and alternatives have alike."""
    return {
        "exercise": exercise.id,
        "name": exercise.name,
        "cue": exercise.cue,
        "support": exercise.support,
        "amount": amount,
        "unit": exercise.unit,
        "sides": exercise.sides,
        "work_s": compute_work_s(exercise, amount, plan.session.unit_s),
    }
