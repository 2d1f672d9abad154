"""Rules that hold a plan against its source: text against table, printed against needed."""

from collections import Counter
from collections.abc import Iterator

from protocol.training.linting.findings import Finding, find_note, find_warning
from protocol.training.linting.places import name_weeks
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Axis, Origin, Policy, Support, Unit


def _is_inferred(plan: TrainingPlan, path: str) -> bool:
    said = plan.provenance.get(path)
    return said is not None and said.origin is Origin.INFERRED


def find_late_category_early(plan: TrainingPlan) -> Iterator[Finding]:
    text = plan.text
    category = plan.category(text.late_category) if text.late_category else None
    if category is None or text.late_weeks is None:
        return
    first = plan.course.weeks - text.late_weeks + 1
    if category.weeks != (first, plan.course.weeks):
        message = (
            f"the text has {category.id} in {name_weeks((first, plan.course.weeks))}, "
            f"the table in {name_weeks(category.weeks)}"
        )
        yield find_warning("late_category_early", f"categories.{category.id}.weeks", message)


def find_amounts_outside_text(plan: TrainingPlan) -> Iterator[Finding]:
    text = plan.text.amount
    if text is None:
        return
    for category in plan.categories:
        if category.amount[0] < text[0] or category.amount[1] > text[1]:
            message = (
                f"the text has {text[0]}-{text[1]} at each station, the table "
                f"{category.amount[0]}-{category.amount[1]} for {category.id}"
            )
            yield find_warning("amount_outside_text", f"categories.{category.id}.amount", message)


def find_printed_rows_without_exercise(plan: TrainingPlan) -> Iterator[Finding]:
    for category in plan.categories:
        rows, where = category.printed_rows, f"categories.{category.id}.printed_rows"
        n_exercises = sum(one.category == category.id for one in plan.exercises)
        if rows and len(rows) != n_exercises:
            message = f"{len(rows)} rows are printed for {n_exercises} exercises"
            yield find_warning("rows_without_exercise", where, message)
        last = max((row.weeks[1] for row in rows), default=category.weeks[1])
        if last != category.weeks[1]:
            message = f"the rows end with week {last}, the category with week {category.weeks[1]}"
            yield find_warning("rows_end_early", where, message)


def find_units_not_printed(plan: TrainingPlan) -> Iterator[Finding]:
    held = [
        one.id
        for one in plan.exercises
        if one.unit is not Unit.REPS and _is_inferred(plan, f"exercises.{one.id}.unit")
    ]
    if held:
        message = f"{len(held)} holds and walks have a number and no unit: {', '.join(held)}"
        yield find_note("unit_not_printed", "exercises", message)


def find_movements_twice(plan: TrainingPlan) -> Iterator[Finding]:
    for category in plan.categories:
        members = [one for one in plan.exercises if one.category == category.id]
        if not any(len(one.movements) > 1 for one in members):
            continue
        movements = Counter(name for one in members for name in one.movements)
        n_all = sum(movements.values())
        message = f"{len(members)} rows name {n_all} movements; a row with two is done as one"
        twice = [name for name, n in movements.items() if n > 1]
        if twice:
            message += f"; {', '.join(twice)} is in more than one row"
        yield find_note("movement_twice", f"categories.{category.id}", message)


def find_effort_range_unclear(plan: TrainingPlan) -> Iterator[Finding]:
    """A range of effort that the words attach to some weeks and that may be the whole course's."""
    text, weeks = plan.text.effort_range, plan.text.effort_range_weeks
    if text is None or weeks is None or weeks == (1, plan.course.weeks):
        return
    earlier = [one.target[0] for one in plan.effort if one.weeks[1] < weeks[0]]
    message = f"{text[0]}-{text[1]} is attached to {name_weeks(weeks)}"
    if earlier and text[0] <= max(earlier):
        message += f", which would begin at {text[0]} after {max(earlier)} in the weeks before"
    message += "; it may span the whole course"
    yield find_warning("effort_range_unclear", "effort", message)


def find_identical_for_a_wide_range(plan: TrainingPlan) -> Iterator[Finding]:
    if not plan.text.identical_for_all:
        return
    supported = any(one.support is Support.HOLD for one in plan.exercises)
    if plan.text.disability and plan.text.disability[0] < plan.text.disability[1]:
        least, most = plan.text.disability
        message = f"the text has one program for everybody, for EDSS {least:g} to {most:g}"
        if supported:
            message += ", and the table exercises with and without support"
        yield find_warning("identical_for_a_wide_range", "progression.policy", message)
    if plan.progression.policy is not Policy.AS_PRINTED:
        message = "the text has one program for everybody; this plan goes by criteria"
        yield find_note("departs_from_identical", "progression.policy", message)


def find_overload_not_modelled(plan: TrainingPlan) -> Iterator[Finding]:
    """Ways of overload that the text names and nothing in the plan can do."""
    means = {
        Axis.REPETITIONS: any(one.unit is not Unit.SECONDS for one in plan.exercises),
        Axis.DURATION: any(one.unit is Unit.SECONDS for one in plan.exercises),
        Axis.BAND: plan.bands is not None and any(one.band for one in plan.exercises),
        Axis.TYPE: any(one.harder for one in plan.exercises),
    }
    for axis in plan.text.overload:
        if not means[axis]:
            message = f"the text has overload by {axis.value}; nothing in this plan can do it"
            yield find_warning("overload_not_modelled", "text.overload", message)


def find_intensity_missing(plan: TrainingPlan) -> Iterator[Finding]:
    name = plan.text.varying_intensity
    members = [one for one in plan.exercises if name and one.category == name]
    without = [one.id for one in members if one.level is None]
    where = f"categories.{name}"
    if without:
        message = f"is said to vary in intensity, but has no level: {', '.join(without)}"
        yield find_warning("intensity_missing", where, message)
    elif any(_is_inferred(plan, f"exercises.{one.id}.level") for one in members):
        yield find_note("intensity_not_printed", where, "varies in intensity; the levels are ours")
