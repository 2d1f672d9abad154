"""Rules on progression: whether what the policy asks can be had."""

from collections.abc import Iterator

from protocol.training.linting.findings import Finding, find_error, find_warning
from protocol.training.linting.places import place_rows
from protocol.training.plan import TrainingPlan
from protocol.training.policy import CategoryPolicy
from protocol.training.prescribing import first_week
from protocol.training.standing import axis_of_amount
from protocol.training.vocabulary import Axis, Policy


def find_categories_without_policy(plan: TrainingPlan) -> Iterator[Finding]:
    if plan.progression.policy is not Policy.TAILORED:
        return
    for category in plan.categories:
        policy = plan.policy_of(category.id)
        if policy is None or not policy.axes:
            message = f"nobody can move on in {category.id}: it has no axes"
            yield find_warning("no_axes", "progression.categories", message)


def find_axes_without_means(plan: TrainingPlan) -> Iterator[Finding]:
    for policy in plan.progression.categories:
        for axis in policy.axes:
            if not _has_means(plan, policy, axis):
                message = f"{policy.category} can't move on by {axis.value}: no exercise of it can"
                yield find_warning("axis_without_means", "progression.categories", message)


def _has_means(plan: TrainingPlan, policy: CategoryPolicy, axis: Axis) -> bool:
    members = [one for one in plan.exercises if one.category == policy.category]
    if axis is Axis.BAND:
        return plan.bands is not None and any(one.band for one in members)
    if axis is Axis.TYPE:
        return any(one.harder for one in members)
    return any(axis_of_amount(one) is axis for one in members)


def find_evidence_out_of_reach(plan: TrainingPlan) -> Iterator[Finding]:
    policy = plan.progression
    if policy.policy is not Policy.TAILORED:
        return
    fewest = min((row.sets for _, row in place_rows(plan)), default=policy.observed_sets)
    if policy.observed_sets > fewest:
        message = f"asks for {policy.observed_sets} observed sets where {fewest} are prescribed"
        yield find_error("evidence_out_of_reach", "progression.observed_sets", message)
    if policy.observed_sets == 0:
        message = "is 0: sets that nobody saw would make her climb"
        yield find_error("evidence_unneeded", "progression.observed_sets", message)
    if policy.sessions < 2:  # noqa: PLR2004
        message = "one good session can be a good day; two running are safer"
        yield find_warning("evidence_thin", "progression.sessions", message)


def find_harder_before_easier(plan: TrainingPlan) -> Iterator[Finding]:
    known = {one.id: one for one in plan.exercises}
    for exercise in plan.exercises:
        harder = known.get(exercise.harder or "")
        if harder and first_week(plan, harder) < first_week(plan, exercise):
            message = f"{harder.id} is harder and begins in week {first_week(plan, harder)} already"
            yield find_warning("harder_first", f"exercises.{exercise.id}.harder", message)


def find_jumps_unlocked(plan: TrainingPlan) -> Iterator[Finding]:
    levelled = {one.category for one in plan.exercises if one.level is not None}
    for category in sorted(levelled - set(plan.progression.locked)):
        message = f"{category} has levels of intensity and isn't locked until a sign-off"
        yield find_warning("jumps_unlocked", "progression.locked", message)
