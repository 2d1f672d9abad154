"""What each participant is prescribed at tonight's stations, from what the ledger holds of her.

Where she stands is what was last prescribed to her; the plan's rules say what follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from protocol.ledger.words import UNIT_OF_PLAN
from protocol.training.decisions import Decision, Move
from protocol.training.evidence import ExerciseRecord
from protocol.training.exercises import Exercise
from protocol.training.expand import PlannedSession
from protocol.training.lighter import lighten
from protocol.training.plan import TrainingPlan
from protocol.training.progression import decide
from protocol.training.standing import (
    Standing,
    find_family,
    is_locked,
    open_exercise,
    start_standing,
)
from protocol.training.vocabulary import Policy
from server.sessions.domain.fold import State
from server.sessions.domain.prescribed_before import find_prescribed
from server.sessions.domain.records import list_records


@dataclass(frozen=True, slots=True)
class PastSession:
    """A session of the plan that lies behind: its number, and what it folds to."""

    session: int
    state: State


@dataclass(frozen=True, slots=True)
class _Woman:
    """All that a decision about one participant rests on."""

    plan: TrainingPlan
    session: int
    participant: str
    past: tuple[PastSession, ...]
    records: tuple[ExerciseRecord, ...]
    signed_off: bool


def prescribe(
    plan: TrainingPlan,
    planned: PlannedSession,
    past: Sequence[PastSession],
    participant: str,
    *,
    signed_off: bool,
) -> dict[str, dict[str, Any]]:
    """By the station's exercise: what she is to do there, and the rule that says so.

    `stay` is what she does where the trainer refuses a step; `rule` with its `values` is the
    sentence that the tablet's catalogue says.

    `past` are earlier sessions in order; a session outside the plan's numbering is no evidence.
    `signed_off` is the last word on her readiness to jump, wherever it was said.
    """
    earlier = tuple(one for one in past if one.session < planned.session)
    woman = _Woman(
        plan=plan,
        session=planned.session,
        participant=participant,
        past=earlier,
        records=tuple(
            record
            for one in earlier
            for record in list_records(one.state, participant, one.session)
        ),
        signed_off=signed_off,
    )
    return {s.exercise: _prescribe_station(woman, s.exercise) for s in planned.stations}


def _prescribe_station(woman: _Woman, station: str) -> dict[str, Any]:
    standing, decision = _decide(woman, station)
    moves = decision.move is not Move.HOLD
    return {
        **_view_target(woman, station, decision.standing),
        "rule": decision.rule,
        "values": decision.values,
        "decision": decision.move.value,
        "axis": None if decision.axis is None else decision.axis.value,
        "from": decision.from_value,
        "to": decision.to_value,
        "stay": _view_target(woman, station, standing) if moves else None,
    }


def _decide(woman: _Woman, station: str) -> tuple[Standing, Decision]:
    """Where she stands at a station, and what follows."""
    plan = woman.plan
    open_id = open_exercise(plan, station, signed_off=woman.signed_off)
    standing = _find_standing(woman, open_id) or start_standing(plan, open_id, woman.session)
    return standing, decide(
        plan, standing, woman.records, woman.session, signed_off=woman.signed_off
    )


def _view_target(woman: _Woman, station: str, standing: Standing) -> dict[str, Any]:
    """Her sets as a tablet shows them, and what they are on a lighter day or after a no tonight."""
    exercise = woman.plan.exercise(standing.exercise)
    lighter = lighten(woman.plan, standing, woman.session)
    return {
        "exercise": exercise.id,
        "name": exercise.name,
        "cue": exercise.cue,
        "amount": standing.amount,
        "unit": UNIT_OF_PLAN.get(exercise.unit, exercise.unit.value),
        "band": standing.band,
        "sides": exercise.sides.value,
        "support": exercise.support.value,
        "lighter": lighter and {"amount": lighter.amount, "band": lighter.band},
        "while_locked": _view_while_locked(woman, station, exercise),
    }


def _view_while_locked(woman: _Woman, station: str, exercise: Exercise) -> dict[str, Any] | None:
    """What the plan has for her there when somebody says tonight that she isn't ready."""
    if not woman.signed_off or not is_locked(woman.plan, exercise, signed_off=False):
        return None
    unsigned = replace(woman, signed_off=False)
    return _view_target(unsigned, station, _decide(unsigned, station)[1].standing)


def _find_standing(woman: _Woman, open_id: str) -> Standing | None:
    """What was prescribed to her last of this exercise's family, and since when unchanged."""
    standing: Standing | None = None
    for one in woman.past:
        wanted = find_prescribed(one.state, woman.participant, _list_family(woman, open_id))
        if wanted is None:
            continue
        if standing is None or (standing.exercise, standing.amount, standing.band) != wanted:
            standing = Standing(*wanted, since=one.session)
    return standing


def _list_family(woman: _Woman, open_id: str) -> list[str]:
    """Exercises on which she may stand at this station, easiest first.

    The printed plan knows one exercise a station; a tailored one its whole family, apart from what
    is locked for her.
    """
    if woman.plan.progression.policy is Policy.AS_PRINTED:
        return [open_id]
    return [
        exercise.id
        for exercise in find_family(woman.plan, open_id)
        if not is_locked(woman.plan, exercise, signed_off=woman.signed_off)
    ]
