"""The rules of `tailored`, in the order in which they are asked; the first that speaks decides.

Those that hold or step down for her safety come first, then what is missing, last what she earned.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from protocol.training.decisions import Move
from protocol.training.evidence import ExerciseRecord, Form
from protocol.training.plan import TrainingPlan
from protocol.training.standing import Standing, is_locked, is_over_ceiling
from protocol.training.vocabulary import Axis


class Case(Struct, frozen=True):
    """One participant at one exercise before one session."""

    plan: TrainingPlan
    standing: Standing
    records: tuple[ExerciseRecord, ...]  # hers since she stands there, earliest first
    session: int  # the one before which is decided
    signed_off: bool

    @property
    def running(self) -> tuple[ExerciseRecord, ...]:
        """As many of her last records as a step needs; empty while there are fewer."""
        needed = max(self.plan.progression.sessions, 1)
        return self.records[-needed:] if len(self.records) >= needed else ()


class Ruling(Struct, frozen=True):
    """What a rule says. `axes` limits where it may step; None is all of the category's."""

    rule: str
    move: Move
    values: Mapping[str, int | str] = {}
    axes: tuple[Axis, ...] | None = None


Rule = Callable[[Case], Ruling | None]
RecordRule = Callable[[Case, ExerciseRecord], Ruling | None]


def _hold(rule: str, **values: int | str) -> Ruling:
    return Ruling(rule, Move.HOLD, values)


def name_sessions(records: Sequence[ExerciseRecord]) -> str:
    return ", ".join(str(record.session) for record in records)


def hold_locked(case: Case) -> Ruling | None:
    exercise = case.plan.exercise(case.standing.exercise)
    if not is_locked(case.plan, exercise, signed_off=case.signed_off):
        return None
    return _hold("locked", exercise=exercise.name)


def lower_over_ceiling(case: Case) -> Ruling | None:
    if not is_over_ceiling(case.plan, case.standing, case.session):
        return None
    ceiling = case.plan.band_ceiling_of(case.plan.week_of(case.session))
    values = {"band": case.standing.band or "", "ceiling": ceiling or ""}
    return Ruling("over_ceiling", Move.STEP_DOWN, values, (Axis.BAND,))


def hold_start(case: Case) -> Ruling | None:
    return None if case.records else _hold("start")


def hold_symptoms(_: Case, last: ExerciseRecord) -> Ruling | None:
    return _hold("symptoms", session=last.session) if last.symptoms else None


def hold_lighter(_: Case, last: ExerciseRecord) -> Ruling | None:
    return _hold("lighter_today", session=last.session) if last.lighter_today else None


def lower_effort(case: Case, last: ExerciseRecord) -> Ruling | None:
    """Above the band in sessions running: down. Once: hold."""
    target = case.plan.effort_of(case.plan.week_of(last.session))
    if target is None or not last.is_above(target):
        return None
    above = [_is_above(case, record) for record in case.records[-2:]]
    if above == [True, True]:
        values = {"sessions": name_sessions(case.records[-2:])}
        return Ruling("effort_above_twice", Move.STEP_DOWN, values)
    accept = f"{target.accept[0]}-{target.accept[1]}"
    return _hold("effort_above_once", rpe=last.rpe or 0, session=last.session, accept=accept)


def _is_above(case: Case, record: ExerciseRecord) -> bool:
    return record.is_above(case.plan.effort_of(case.plan.week_of(record.session)))


def lower_form(case: Case, last: ExerciseRecord) -> Ruling | None:
    """Form lost in sessions running: down. Once: hold."""
    if not last.form_lost:
        return None
    lost = [record.form_lost and not record.lighter_today for record in case.records[-2:]]
    if lost == [True, True]:
        values = {"sessions": name_sessions(case.records[-2:])}
        return Ruling("form_lost_twice", Move.STEP_DOWN, values)
    return _hold("form_lost_once", session=last.session)


def hold_unseen(case: Case, last: ExerciseRecord) -> Ruling | None:
    """What was assumed is no evidence."""
    needed, seen = case.plan.progression.observed_sets, len(last.observed())
    if seen == 0:
        return _hold("not_observed", session=last.session)
    if seen < needed:
        return _hold("too_few_observed", observed=seen, needed=needed, session=last.session)
    return None


def hold_below_top(case: Case, last: ExerciseRecord) -> Ruling | None:
    needed, standing = case.plan.progression.observed_sets, case.standing
    if last.n_at_top(standing.amount, standing.band) >= needed:
        return None
    on_band = sum(one.band == standing.band for one in last.observed())
    if on_band < needed:
        return _hold("other_band", session=last.session, band=standing.band or "no band")
    return _hold("below_top", amount=standing.amount, needed=needed, session=last.session)


def hold_form_not_said(_: Case, last: ExerciseRecord) -> Ruling | None:
    is_said = all(one.form is Form.GOOD for one in last.observed())
    return None if is_said else _hold("form_not_said", session=last.session)


def hold_effort(case: Case, last: ExerciseRecord) -> Ruling | None:
    target = case.plan.effort_of(case.plan.week_of(last.session))
    if last.rpe_given is None or target is None:
        return _hold("effort_not_given", session=last.session)
    if last.rpe_given > target.target[1]:
        aim = f"{target.target[0]}-{target.target[1]}"
        values: dict[str, int | str] = {"rpe": last.rpe_given, "target": aim}
        return _hold("effort_above_target", session=last.session, **values)
    return None


# What one record must pass to be worth a step.
RECORD_RULES: Final[tuple[RecordRule, ...]] = (
    hold_symptoms,
    hold_lighter,
    lower_effort,
    lower_form,
    hold_unseen,
    hold_below_top,
    hold_form_not_said,
    hold_effort,
)


def judge_last(case: Case) -> Ruling | None:
    """The first objection to her last record."""
    last = case.records[-1]
    return next((ruling for rule in RECORD_RULES if (ruling := rule(case, last))), None)


def hold_stale(case: Case) -> Ruling | None:
    sessions = [*(record.session for record in case.running), case.session]
    gaps = [later - earlier for earlier, later in zip(sessions, sessions[1:], strict=False)]
    if max(gaps, default=0) <= case.plan.progression.within_sessions:
        return None
    return _hold("stale", session=case.records[-1].session)


def hold_once(case: Case) -> Ruling | None:
    """Her last record is good; those before it must be too."""
    earlier = case.running[:-1]
    objections = [rule(case, record) for record in earlier for rule in RECORD_RULES]
    if case.running and not any(objections):
        return None
    needed = max(case.plan.progression.sessions, 1)
    return _hold("once_more", session=case.records[-1].session, needed=needed)


def raise_earned(case: Case) -> Ruling:
    values: dict[str, int | str] = {
        "needed": case.plan.progression.observed_sets,
        "amount": case.standing.amount,
        "sessions": name_sessions(case.running),
    }
    return Ruling("earned", Move.STEP_UP, values)


RULES: Final[tuple[Rule, ...]] = (
    hold_locked,
    lower_over_ceiling,
    hold_start,
    judge_last,
    hold_once,
    hold_stale,
    raise_earned,
)
