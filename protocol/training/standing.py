"""Where a participant stands with an exercise, and what lies one step above and below.

Exercises joined by `harder` are a family, easiest first. She has one standing in a family.
"""

from msgspec import Struct
from msgspec.structs import replace

from protocol.training.exercises import Exercise
from protocol.training.plan import TrainingPlan
from protocol.training.prescribing import first_week, row_nearest, step_in_session
from protocol.training.vocabulary import Axis, Policy, Start, Unit


class Standing(Struct, frozen=True):
    """What she is to do: which exercise, up to which amount, with which band, since when.

    `since` is the first session for which it holds; earlier evidence doesn't count for it.
    """

    exercise: str
    amount: int
    band: str | None
    since: int


def find_family(plan: TrainingPlan, exercise_id: str) -> tuple[Exercise, ...]:
    """The exercise's family, easiest first. Raises KeyError for an unknown exercise."""
    easier = {one.harder: one for one in plan.exercises if one.harder is not None}
    first = plan.exercise(exercise_id)
    while first.id in easier:
        first = easier[first.id]
    family = [first]
    while family[-1].harder is not None:
        family.append(plan.exercise(family[-1].harder))
    return tuple(family)


def is_locked(plan: TrainingPlan, exercise: Exercise, *, signed_off: bool) -> bool:
    """Whether a readiness sign-off is needed and missing."""
    return exercise.category in plan.progression.locked and not signed_off


def open_exercise(plan: TrainingPlan, exercise_id: str, *, signed_off: bool) -> str:
    """What she does at a station: its exercise, or what stands in while that is locked for her."""
    exercise = plan.exercise(exercise_id)
    if is_locked(plan, exercise, signed_off=signed_off) and exercise.instead is not None:
        return exercise.instead
    return exercise_id


def list_rungs(plan: TrainingPlan, exercise: Exercise, week: int) -> tuple[int, ...]:
    """The amounts of an exercise that a person climbs over, least first; one at least."""
    row = row_nearest(plan, exercise, week)
    if row is None:
        raise ValueError(f"{exercise.id} has no row")
    policy = plan.policy_of(exercise.category)
    least, most = row.amount
    wanted = (policy.rungs if policy else ()) or row.steps
    return tuple(sorted({least, most, *(one for one in wanted if least <= one <= most)}))


def plan_standing(plan: TrainingPlan, exercise_id: str, session: int) -> Standing:
    """What the plan itself prescribes in a session, identical for all."""
    exercise = plan.exercise(exercise_id)
    week = plan.week_of(session)
    row = row_nearest(plan, exercise, week)
    if row is None:
        raise ValueError(f"{exercise.id} has no row")
    band = plan.band_ceiling_of(week) if exercise.band else None
    return Standing(exercise_id, step_in_session(plan, row, session), band, session)


def start_standing(plan: TrainingPlan, exercise_id: str, session: int) -> Standing:
    """Where somebody starts who has no standing in the exercise's family yet."""
    if plan.progression.policy is Policy.AS_PRINTED:
        return plan_standing(plan, exercise_id, session)
    easiest = find_family(plan, exercise_id)[0]
    return _enter(plan, easiest, session, at_top=False)


def enter_standing(plan: TrainingPlan, exercise_id: str, session: int) -> Standing:
    """What she does who is given just this exercise: the plan's amount, or tailored the least.

    Raises KeyError for an unknown exercise, ValueError outside the plan.
    """
    if plan.progression.policy is Policy.AS_PRINTED:
        return plan_standing(plan, exercise_id, session)
    return _enter(plan, plan.exercise(exercise_id), session, at_top=False)


def _enter(plan: TrainingPlan, exercise: Exercise, session: int, *, at_top: bool) -> Standing:
    rungs = list_rungs(plan, exercise, plan.week_of(session))
    policy = plan.policy_of(exercise.category)
    is_top = at_top or (policy is not None and policy.start is Start.TOP)
    weakest = plan.bands.order[0] if exercise.band and plan.bands else None
    return Standing(exercise.id, rungs[-1] if is_top else rungs[0], weakest, session)


def step_up(
    plan: TrainingPlan, standing: Standing, axis: Axis, session: int, *, signed_off: bool
) -> Standing | None:
    """One step up on one axis, under the week's ceilings; None if there is none."""
    exercise = plan.exercise(standing.exercise)
    week = plan.week_of(session)
    if axis is Axis.BAND:
        return _shift_band(plan, standing, 1, session)
    if axis is Axis.TYPE:
        harder = plan.exercise(exercise.harder) if exercise.harder else None
        if harder is None or week < first_week(plan, harder):
            return None
        if is_locked(plan, harder, signed_off=signed_off):
            return None
        return _enter(plan, harder, session, at_top=False)
    above = [one for one in list_rungs(plan, exercise, week) if one > standing.amount]
    if axis is not axis_of_amount(exercise) or not above:
        return None
    return replace(standing, amount=above[0], since=session)


def step_down(plan: TrainingPlan, standing: Standing, axis: Axis, session: int) -> Standing | None:
    """One step down on one axis; None if there is none."""
    exercise = plan.exercise(standing.exercise)
    if axis is Axis.BAND:
        return _shift_band(plan, standing, -1, session)
    if axis is Axis.TYPE:
        family = find_family(plan, exercise.id)
        place = [one.id for one in family].index(exercise.id)
        return _enter(plan, family[place - 1], session, at_top=True) if place > 0 else None
    below = [r for r in list_rungs(plan, exercise, plan.week_of(session)) if r < standing.amount]
    if axis is not axis_of_amount(exercise) or not below:
        return None
    return replace(standing, amount=below[-1], since=session)


def axis_of_amount(exercise: Exercise) -> Axis:
    """Holds grow in duration; repetitions, laps and metres in number."""
    return Axis.DURATION if exercise.unit is Unit.SECONDS else Axis.REPETITIONS


def is_over_ceiling(plan: TrainingPlan, standing: Standing, session: int) -> bool:
    """Whether her band is stronger than the week allows."""
    ceiling = plan.band_ceiling_of(plan.week_of(session))
    if plan.bands is None or standing.band is None or ceiling is None:
        return False
    return plan.bands.order.index(standing.band) > plan.bands.order.index(ceiling)


def _shift_band(plan: TrainingPlan, standing: Standing, by: int, session: int) -> Standing | None:
    if plan.bands is None or standing.band is None:
        return None
    place = plan.bands.order.index(standing.band) + by
    if not 0 <= place < len(plan.bands.order):
        return None
    shifted = replace(standing, band=plan.bands.order[place], since=session)
    return None if by > 0 and is_over_ceiling(plan, shifted, session) else shifted
