"""Rules on effort targets and on limits that a clinician signs."""

from collections.abc import Iterator

from protocol.training.effort import BORG_NUMBERS
from protocol.training.linting.findings import Finding, find_error, find_note, find_warning
from protocol.training.plan import TrainingPlan


def find_targets_not_accepted(plan: TrainingPlan) -> Iterator[Finding]:
    for position, effort in enumerate(plan.effort, 1):
        if effort.target[0] < effort.accept[0] or effort.target[1] > effort.accept[1]:
            message = "aims at more than it accepts"
            yield find_error("target_not_accepted", f"effort[{position}]", message)


def find_effort_falling(plan: TrainingPlan) -> Iterator[Finding]:
    in_order = sorted(plan.effort, key=lambda one: one.weeks)
    for before, after in zip(in_order, in_order[1:], strict=False):
        if after.weeks[0] <= before.weeks[1]:
            message = f"two targets for week {after.weeks[0]}; the first in the file holds"
            yield find_warning("effort_overlaps", "effort", message)
        if after.target < before.target:
            message = f"the aim falls in week {after.weeks[0]}"
            yield find_warning("effort_falls", "effort", message)


def find_limits_unsigned(plan: TrainingPlan) -> Iterator[Finding]:
    safety = plan.safety
    limits = {
        "hr_ceiling_bpm": safety.hr_ceiling_bpm,
        "rpe_alert": safety.rpe_alert,
        "rpe_hold": safety.rpe_hold,
    }
    given = [name for name, value in limits.items() if value is not None]
    if safety.thresholds_in_force is None and given:
        message = f"{', '.join(given)}: set, but nobody signed with a day, so not in force"
        yield find_error("limit_unsigned", "safety", message)
    elif not given:
        message = "no limit of heart rate or effort is in force until a clinician signs one"
        yield find_note("limits_empty", "safety", message)


def find_limits_out_of_order(plan: TrainingPlan) -> Iterator[Finding]:
    alert, hold = plan.safety.rpe_alert, plan.safety.rpe_hold
    for name, limit in (("rpe_alert", alert), ("rpe_hold", hold)):
        if limit is not None and limit not in BORG_NUMBERS:
            message = f"{limit} isn't a rating of effort: whole numbers 6 to 20 are"
            yield find_error("limit_off_scale", f"safety.{name}", message)
        elif limit is not None and any(limit <= one.target[1] for one in plan.effort):
            message = f"{limit} is within what the plan itself aims at"
            yield find_error("limit_within_target", f"safety.{name}", message)
    if alert is not None and hold is not None and hold < alert:
        yield find_error("limits_reversed", "safety.rpe_hold", f"{hold} is below the alert {alert}")
