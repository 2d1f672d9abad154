"""Rules that a plan must keep to be usable at all; `parse_plan` refuses what they find."""

from collections.abc import Iterator
from typing import Final

from protocol.training.effort import BORG_NUMBERS
from protocol.training.linting.findings import Finding, Rule, find_error
from protocol.training.linting.places import name_weeks, place_rows
from protocol.training.linting.references import (
    find_circles,
    find_duplicates,
    find_locked_substitutes,
    find_shared_harder,
    find_unknown_names,
)
from protocol.training.plan import TrainingPlan
from protocol.training.prescribing import exercises_in_week
from protocol.training.vocabulary import SelectionRule


def find_zeros(plan: TrainingPlan) -> Iterator[Finding]:
    numbers = {
        "course.weeks": plan.course.weeks,
        "course.sessions_per_week": plan.course.sessions_per_week,
        "session.rounds": plan.session.rounds,
        "selection.stations": plan.selection.stations,
        **{f"{where}.sets": row.sets for where, row in place_rows(plan)},
    }
    for where, number in numbers.items():
        if number == 0:
            yield find_error("nothing_to_do", where, "is 0, so nothing would be done")


def find_reversed_ranges(plan: TrainingPlan) -> Iterator[Finding]:
    ranges = [(f"{where}.weeks", row.weeks) for where, row in place_rows(plan)]
    ranges += [(f"{where}.amount", row.amount) for where, row in place_rows(plan)]
    for position, effort in enumerate(plan.effort, 1):
        where = f"effort[{position}]"
        ranges += [(f"{where}.weeks", effort.weeks), (f"{where}.target", effort.target)]
        ranges += [(f"{where}.accept", effort.accept)]
    for where, (least, most) in ranges:
        if least > most:
            message = f"runs backwards, from {least} to {most}; write the smaller number first"
            yield find_error("range_reversed", where, message)


def find_weeks_outside(plan: TrainingPlan) -> Iterator[Finding]:
    spans = [(f"{where}.weeks", row.weeks) for where, row in place_rows(plan)]
    spans += [(f"effort[{n}].weeks", one.weeks) for n, one in enumerate(plan.effort, 1)]
    for where, weeks in spans:
        if min(weeks) < 1 or max(weeks) > plan.course.weeks:
            message = f"{name_weeks(weeks)}, but the course has weeks 1-{plan.course.weeks}"
            yield find_error("week_outside", where, message)


def find_bad_steps(plan: TrainingPlan) -> Iterator[Finding]:
    for where, row in place_rows(plan):
        least, most = row.amount
        outside = [step for step in row.steps if not least <= step <= most]
        if not row.steps:
            yield find_error("no_steps", f"{where}.steps", "is empty; name at least one amount")
        elif outside:
            message = f"{outside[0]} isn't in the range {least}-{most} of the same row"
            yield find_error("step_outside", f"{where}.steps", message)


def find_empty_weeks(plan: TrainingPlan) -> Iterator[Finding]:
    for week in range(1, plan.course.weeks + 1):
        if not exercises_in_week(plan, week):
            message = f"week {week} has no exercise; give it one, or make the course shorter"
            yield find_error("empty_week", "exercises", message)
        if plan.effort_of(week) is None:
            yield find_error("effort_missing", "effort", f"week {week} has no effort target")


def find_effort_off_scale(plan: TrainingPlan) -> Iterator[Finding]:
    for position, effort in enumerate(plan.effort, 1):
        for field, numbers in (("target", effort.target), ("accept", effort.accept)):
            strange = [number for number in numbers if number not in BORG_NUMBERS]
            if strange:
                message = f"{strange[0]} isn't a rating of effort: whole numbers 6 to 20 are"
                yield find_error("effort_off_scale", f"effort[{position}].{field}", message)


def find_band_trouble(plan: TrainingPlan) -> Iterator[Finding]:
    banded = [exercise.id for exercise in plan.exercises if exercise.band]
    if plan.bands is None:
        if banded:
            yield find_error("no_bands", "bands", f"{banded[0]} needs a band, and there are none")
        return
    if len(plan.bands.ceiling) != plan.course.weeks:
        message = f"has {len(plan.bands.ceiling)} colours for {plan.course.weeks} weeks"
        yield find_error("band_weeks", "bands.ceiling", message)
    if not plan.bands.order:
        yield find_error("no_bands", "bands.order", "is empty")


def find_bad_lists(plan: TrainingPlan) -> Iterator[Finding]:
    """Listed sessions must exist and hold something; the rule `listed` must list all."""
    listed = {one.session for one in plan.selection.listed}
    for one in plan.selection.listed:
        where = f"selection.listed session {one.session}"
        if not 1 <= one.session <= plan.n_sessions:
            message = f"the course has sessions 1-{plan.n_sessions}"
            yield find_error("session_outside", where, message)
        if not one.stations:
            yield find_error("session_empty", where, "has no stations")
    if plan.selection.rule is SelectionRule.LISTED:
        missing = [n for n in range(1, plan.n_sessions + 1) if n not in listed]
        if missing:
            message = f"{len(missing)} sessions have no list, the first of them is {missing[0]}"
            yield find_error("session_not_listed", "selection.listed", message)


STRUCTURE_RULES: Final[tuple[Rule, ...]] = (
    find_duplicates,
    find_unknown_names,
    find_circles,
    find_shared_harder,
    find_locked_substitutes,
    find_zeros,
    find_reversed_ranges,
    find_weeks_outside,
    find_bad_steps,
    find_empty_weeks,
    find_effort_off_scale,
    find_band_trouble,
    find_bad_lists,
)
