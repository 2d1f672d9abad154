"""Rules on minutes: what a week would need, what a session has."""

from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from protocol.training.exercises import Exercise
from protocol.training.linting.findings import Finding, find_note, find_warning
from protocol.training.linting.places import name_weeks
from protocol.training.minutes import S_PER_MIN, compute_main_s
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Origin, RestScope, Unit


def find_minutes_not_adding_up(plan: TrainingPlan) -> Iterator[Finding]:
    shape = plan.session
    parts = (shape.warmup_min, shape.main_min, shape.cooldown_min)
    if sum(parts) != shape.total_min:
        told = " + ".join(str(part) for part in parts)
        message = f"{told} minutes are {sum(parts)}, not {shape.total_min}"
        yield find_warning("minutes_not_adding_up", "session.total_min", message)


def compute_week_minutes(plan: TrainingPlan, week: int, scope: RestScope) -> tuple[float, float]:
    """Minutes for all stations of a week, at the least and at the most that is printed.

    By the categories' own weeks, sets and amounts, one person on her own, with rests as in
    `scope`. Where the unit is inferred, what is printed are repetitions.
    """
    least_s: list[float] = []
    most_s: list[float] = []
    for exercise in plan.exercises:
        category = plan.category(exercise.category)
        if category and category.weeks[0] <= week <= category.weeks[1]:
            unit_s = _printed_unit_s(plan, exercise)
            least_s += [category.amount[0] * unit_s] * category.sets
            most_s += [category.amount[1] * unit_s] * category.sets
    shape = replace(plan.session, rest_scope=scope)
    least, most = compute_main_s(least_s, shape), compute_main_s(most_s, shape)
    return least / S_PER_MIN, most / S_PER_MIN


def _printed_unit_s(plan: TrainingPlan, exercise: Exercise) -> float:
    said = plan.provenance.get(f"exercises.{exercise.id}.unit")
    is_inferred = said is not None and said.origin is Origin.INFERRED
    return plan.session.unit_s.of(Unit.REPS if is_inferred else exercise.unit)


def find_weeks_too_long(plan: TrainingPlan) -> Iterator[Finding]:
    """Weeks whose stations don't all fit one session, with a rest after every set."""
    weeks = range(1, plan.course.weeks + 1)
    minutes = [(week, compute_week_minutes(plan, week, RestScope.BETWEEN_SETS)) for week in weeks]
    too_long = [(week, both) for week, both in minutes if both[1] > plan.session.main_min]
    if not too_long:
        return
    spans = []
    for (least, most), group in groupby(too_long, key=lambda one: one[1]):
        held = [week for week, _ in group]
        spans.append(f"{name_weeks((held[0], held[-1]))} {least:.0f}-{most:.0f}")
    message = (
        f"all stations of a week in one session, {plan.session.rest_s} s of rest after every set, "
        f"take more than the {plan.session.main_min} minutes of the main part: {', '.join(spans)}"
    )
    yield find_warning("week_longer_than_session", "session.main_min", message)


def find_rest_unclear(plan: TrainingPlan) -> Iterator[Finding]:
    said = plan.provenance.get("session.rest_scope")
    if said and said.origin is Origin.INFERRED:
        message = f"{plan.session.rest_s} s of rest are printed, not between what"
        yield find_note("rest_unclear", "session.rest_scope", message)
    if plan.session.rest_s == 0:
        yield find_warning("no_rest", "session.rest_s", "nobody rests")
