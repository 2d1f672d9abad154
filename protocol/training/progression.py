"""What each participant is prescribed next at an exercise, and the rule that says so.

Evidence only: sets that somebody saw, good form that somebody said, an effort she gave at that very
station. What was merely assumed holds, so a woman whom nobody watches never climbs.
"""

from collections.abc import Iterable

from protocol.errors import PlanError
from protocol.training.decisions import Decision, EvidenceUsed, Move
from protocol.training.evidence import ExerciseRecord, merge_records
from protocol.training.plan import TrainingPlan
from protocol.training.progression_rules import RULES, Case, Ruling
from protocol.training.progression_words import write_why
from protocol.training.standing import (
    Standing,
    axis_of_amount,
    plan_standing,
    step_down,
    step_up,
)
from protocol.training.vocabulary import Axis, Policy, Start


def decide(
    plan: TrainingPlan,
    standing: Standing,
    records: Iterable[ExerciseRecord],
    session: int,
    *,
    signed_off: bool = False,
) -> Decision:
    """What she does at her exercise in `session`, counted from 1.

    `records` may be all of hers, in any order; what is not of this exercise, of an earlier standing
    or not before `session` is left out. `signed_off`: her readiness for locked exercises is signed.
    Raises PlanError for a standing the plan doesn't know, ValueError for a session outside it,
    InvalidEffortError for a rating off the scale.
    """
    _check(plan, standing)
    plan.week_of(session)
    merged = merge_records(records, standing.exercise)
    hers = tuple(one for one in merged if standing.since <= one.session < session)
    case = Case(plan, standing, hers, session, signed_off)
    if plan.progression.policy is Policy.AS_PRINTED:
        return _follow_plan(case)
    ruling = next(ruling for rule in RULES if (ruling := rule(case)))
    return _carry_out(case, ruling)


def _check(plan: TrainingPlan, standing: Standing) -> None:
    if standing.exercise not in {one.id for one in plan.exercises}:
        raise PlanError([f"there is no exercise {standing.exercise!r} in the plan {plan.id}"])
    if standing.band is not None and (not plan.bands or standing.band not in plan.bands.order):
        raise PlanError([f"there is no band {standing.band!r} in the plan {plan.id}"])


def _carry_out(case: Case, ruling: Ruling) -> Decision:
    """The ruling as a decision: a step on the first axis that has one, else a hold that says so."""
    if ruling.move is Move.HOLD:
        return _write(case, ruling, case.standing)
    is_up = ruling.move is Move.STEP_UP
    for axis in ruling.axes or _order_axes(case, is_up=is_up):
        stepped = (
            step_up(case.plan, case.standing, axis, case.session, signed_off=case.signed_off)
            if is_up
            else step_down(case.plan, case.standing, axis, case.session)
        )
        if stepped is not None:
            return _write(case, ruling, stepped, axis)
    rule = _why_no_step_up(case) if is_up else Ruling("at_the_bottom", Move.HOLD)
    return _write(case, rule, case.standing)


def _order_axes(case: Case, *, is_up: bool) -> tuple[Axis, ...]:
    """The category's axes; what was climbed last is undone first (policy.CategoryPolicy)."""
    policy = case.plan.policy_of(case.plan.exercise(case.standing.exercise).category)
    if policy is None:
        return ()
    return policy.axes if is_up or policy.start is Start.BOTTOM else policy.axes[::-1]


def _why_no_step_up(case: Case) -> Ruling:
    """Whether the week, a missing sign-off or the plan's end stands in the way."""
    last_session = case.plan.n_sessions

    def could(*, signed_off: bool) -> bool:
        axes = _order_axes(case, is_up=True)
        steps = (
            step_up(case.plan, case.standing, axis, last_session, signed_off=signed_off)
            for axis in axes
        )
        return any(steps)

    if could(signed_off=case.signed_off):
        week = case.plan.week_of(case.session)
        return Ruling("week_ceiling", Move.HOLD, {"week": week})
    exercise = case.plan.exercise(case.standing.exercise)
    if could(signed_off=True) and exercise.harder:
        harder = case.plan.exercise(exercise.harder)
        return Ruling("locked", Move.HOLD, {"exercise": harder.name})
    return Ruling("top_of_plan", Move.HOLD)


def _follow_plan(case: Case) -> Decision:
    """The plan's own step. Evidence is shown and changes nothing."""
    locked = RULES[0](case)
    if locked is not None:
        return _write(case, locked, case.standing)
    planned = plan_standing(case.plan, case.standing.exercise, case.session)
    axis, move = _compare(case, planned)
    if axis is None:
        return _write(case, Ruling("plan_same", Move.HOLD), case.standing)
    return _write(case, Ruling("plan_step", move, {"session": case.session}), planned, axis)


def _compare(case: Case, planned: Standing) -> tuple[Axis | None, Move]:
    """The first axis on which the plan's step differs, and in which direction."""
    standing = case.standing
    if planned.amount != standing.amount:
        axis = axis_of_amount(case.plan.exercise(standing.exercise))
        is_up = planned.amount > standing.amount
    elif planned.band != standing.band:
        axis = Axis.BAND
        order = (None, *(case.plan.bands.order if case.plan.bands else ()))
        is_up = order.index(planned.band) > order.index(standing.band)
    else:
        return None, Move.HOLD
    return axis, Move.STEP_UP if is_up else Move.STEP_DOWN


def _write(case: Case, ruling: Ruling, standing: Standing, axis: Axis | None = None) -> Decision:
    before, after = _value_on(case.standing, axis), _value_on(standing, axis)
    shown = case.running or case.records
    return Decision(
        move=ruling.move,
        axis=axis,
        from_value=before,
        to_value=after,
        rule=ruling.rule,
        why=write_why(ruling.rule, ruling.values),
        values=dict(ruling.values),
        evidence=tuple(_use(record, case.standing) for record in shown),
        standing=standing,
    )


def _value_on(standing: Standing, axis: Axis | None) -> int | str | None:
    match axis:
        case None:
            return None
        case Axis.BAND:
            return standing.band
        case Axis.TYPE:
            return standing.exercise
    return standing.amount


def _use(record: ExerciseRecord, standing: Standing) -> EvidenceUsed:
    return EvidenceUsed(
        session=record.session,
        n_sets=len(record.sets),
        n_observed=len(record.observed()),
        n_at_top=record.n_at_top(standing.amount, standing.band),
        rpe=record.rpe_given,
        form_lost=record.form_lost,
        lighter_today=record.lighter_today,
        symptoms=record.symptoms,
    )
