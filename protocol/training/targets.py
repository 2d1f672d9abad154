"""What one participant does at one station: the plan's step, or her own standing."""

from msgspec import Struct
from msgspec.structs import replace

from protocol.training.exercises import Exercise, PrescriptionRow
from protocol.training.plan import TrainingPlan
from protocol.training.prescribing import row_nearest
from protocol.training.standing import (
    Standing,
    find_family,
    is_over_ceiling,
    list_rungs,
    plan_standing,
)
from protocol.training.vocabulary import Policy, Sides, Support, Unit


class PersonalTarget(Struct, frozen=True):
    """Her sets at a station. `band` is None where none is used."""

    exercise: str
    name: str
    cue: str
    support: Support
    sets: int
    amount_low: int
    amount_high: int
    unit: Unit
    sides: Sides
    band: str | None


def family_key(plan: TrainingPlan, exercise_id: str) -> str:
    """The name under which her standing in the exercise's family is kept: its easiest exercise."""
    return find_family(plan, exercise_id)[0].id


def target_at(
    plan: TrainingPlan, exercise_id: str, standing: Standing, session: int
) -> PersonalTarget:
    """Her sets of an exercise that is open to her (`open_exercise`), in a session.

    `as_printed` gives the plan's step. `tailored` gives her standing where she hasn't earned the
    station's exercise yet, and the station's exercise where she has.
    Raises ValueError for a session outside the plan, KeyError for an unknown exercise.
    """
    exercise, row = _with_row(plan, exercise_id, session)
    if plan.progression.policy is Policy.AS_PRINTED:
        step = plan_standing(plan, exercise_id, session)
        return _write(exercise, row, (step.amount, step.amount), step.band)
    family = [one.id for one in find_family(plan, exercise_id)]
    if standing.exercise not in family:
        raise KeyError(standing.exercise)
    if family.index(standing.exercise) > family.index(exercise_id):
        return _write(exercise, row, row.amount, _band_within(plan, standing, exercise, session))
    hers, row = _with_row(plan, standing.exercise, session)
    amounts = (min(row.amount[0], standing.amount), standing.amount)
    return _write(hers, row, amounts, _band_within(plan, standing, hers, session))


def lighten(plan: TrainingPlan, target: PersonalTarget, session: int) -> PersonalTarget:
    """Her sets on a lighter day: one colour less, else one amount less; the same exercise.

    The same where there is nothing lighter. It is not kept: her standing stays what it was.
    """
    if plan.bands is not None and target.band in plan.bands.order[1:]:
        weaker = plan.bands.order[plan.bands.order.index(target.band) - 1]
        return replace(target, band=weaker)
    rungs = list_rungs(plan, plan.exercise(target.exercise), plan.week_of(session))
    below = [one for one in rungs if one < target.amount_high]
    if not below:
        return target
    return replace(target, amount_high=below[-1], amount_low=min(target.amount_low, below[-1]))


def _with_row(
    plan: TrainingPlan, exercise_id: str, session: int
) -> tuple[Exercise, PrescriptionRow]:
    exercise = plan.exercise(exercise_id)
    row = row_nearest(plan, exercise, plan.week_of(session))
    if row is None:
        raise ValueError(f"{exercise_id} has no row")
    return exercise, row


def _band_within(
    plan: TrainingPlan, standing: Standing, exercise: Exercise, session: int
) -> str | None:
    """Her band, or the week's ceiling where hers is stronger."""
    if not exercise.band:
        return None
    if is_over_ceiling(plan, standing, session):
        return plan.band_ceiling_of(plan.week_of(session))
    return standing.band


def _write(
    exercise: Exercise, row: PrescriptionRow, amounts: tuple[int, int], band: str | None
) -> PersonalTarget:
    return PersonalTarget(
        exercise=exercise.id,
        name=exercise.name,
        cue=exercise.cue,
        support=exercise.support,
        sets=row.sets,
        amount_low=amounts[0],
        amount_high=amounts[1],
        unit=exercise.unit,
        sides=exercise.sides,
        band=band,
    )
