"""A training plan as text for a terminal. Pure."""

from collections.abc import Sequence
from typing import Final

from protocol.training.expand import PlannedSession
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Origin, Sides, Support
from protocol.training.week_view import ShownExercise, ShownPlan, ShownWeek

_SUPPORT_WORDS: Final = {
    Support.NONE: "",
    Support.WITHIN_REACH: "support within reach",
    Support.HOLD: "holds on",
}
_SIDES_WORDS: Final = {
    Sides.BOTH: "",
    Sides.EACH_SIDE: "each side",
    Sides.SHARED: "both sides together",
}


def write_overview(shown: ShownPlan) -> str:
    """Every exercise against every week, then where the source contradicts itself."""
    plan = shown.plan
    weeks = [f"week {week.week}" for week in shown.weeks]
    rows = [["exercise", "unit", *weeks]]
    rows += [["effort", "6-20", *(_span(week.effort.target) for week in shown.weeks)]]
    rows += [["band at most", "", *(week.band_ceiling or "-" for week in shown.weeks)]]
    rows += [["stations", "", *(str(len(week.exercises)) for week in shown.weeks)]]
    for exercise in plan.exercises:
        cells = [_find_steps(week, exercise.id) for week in shown.weeks]
        rows.append([exercise.name, exercise.unit.value, *cells])
    notes = "".join(f"\n* {note.where}: {note.text}" for note in plan.notes)
    told = f"{_write_head(shown)}\n{_align(rows)}\n"
    return told + (f"Where the source contradicts itself or leaves open:{notes}\n" if notes else "")


def write_week(shown: ShownPlan) -> str:
    """One week: what is prescribed, and the stations of its sessions."""
    week = shown.weeks[0]
    head = f"week {week.week}: effort {_span(week.effort.target)} on 6-20 ({week.effort.word}), "
    head += f"{_span(week.effort.accept)} accepted"
    head += f"; band {week.band_ceiling} at most" if week.band_ceiling else ""
    rows = [["exercise", "sets", "amount", "", ""]]
    rows += [_write_exercise(one) for one in week.exercises]
    sessions = "".join(_write_session(session) for session in week.sessions)
    return f"{_write_head(shown)}\n{head}\n\n{_align(rows)}{sessions}"


def _write_head(shown: ShownPlan) -> str:
    plan = shown.plan
    inferred = sum(one.origin is Origin.INFERRED for one in plan.provenance.values())
    shape = plan.session
    return (
        f"{plan.title} ({plan.id}, {shown.plan_digest[:12]})\n"
        f"{plan.course.weeks} weeks, {plan.course.sessions_per_week} sessions a week of "
        f"{shape.warmup_min} + {shape.main_min} + {shape.cooldown_min} minutes, {shape.rounds} "
        f"rounds, {shape.rest_s} s of rest {_words(shape.rest_scope.value)}\n"
        f"{len(plan.provenance)} fields have their source, {inferred} of them are inferred; "
        f"--json shows each\n{_write_limits(plan)}"
    )


def _write_limits(plan: TrainingPlan) -> str:
    limits = plan.safety.thresholds_in_force
    if limits is None:
        return "no limits of heart rate or effort are in force: nobody signed any\n"
    by = f"signed by {plan.safety.signed_by} on {plan.safety.signed_on}"
    return (
        f"limits {by}: heart rate {limits.hr_ceiling_bpm or '-'} bpm, effort alert "
        f"{limits.rpe_alert or '-'}, effort hold {limits.rpe_hold or '-'}\n"
    )


def _write_exercise(one: ShownExercise) -> list[str]:
    amount = f"{'→'.join(str(step) for step in one.steps)} {one.unit.value}"
    told = [_SIDES_WORDS[one.sides], _SUPPORT_WORDS[one.support]]
    return [one.name, str(one.sets), amount, told[0], told[1]]


def _write_session(session: PlannedSession) -> str:
    stations = "".join(
        f"  {one.station}  {one.name}: {one.sets} × {one.amount} {one.unit.value}\n"
        for one in session.stations
    )
    return f"\nsession {session.session}: {session.minutes.formula}\n{stations}"


def _find_steps(week: ShownWeek, exercise: str) -> str:
    found = next((one for one in week.exercises if one.exercise == exercise), None)
    return "→".join(str(step) for step in found.steps) if found else "·"


def _span(numbers: tuple[int, int]) -> str:
    return str(numbers[0]) if numbers[0] == numbers[1] else f"{numbers[0]}-{numbers[1]}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _align(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ("  ".join(f"{c:<{w}}" for c, w in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)
