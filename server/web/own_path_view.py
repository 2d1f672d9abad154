"""A participant's own way through the course, read and put together for her screen."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection

from protocol.training.plan import TrainingPlan
from server.sessions.domain.own_path import FILLED, REST, TO_COME, list_dots, list_stairs
from server.sessions.held_sessions import HeldSessions, fold_held
from server.sessions.ledger import read_events
from server.sessions.study_plans import read_plan_of
from server.study.next_day import read_answered
from server.study.participant import Arm, Participant
from server.web.plan_words import say_id

Line = Mapping[str, Any]
Stair = dict[str, Any]


def read_own_path(
    connection: Connection,
    who: Participant,
    lines: Sequence[dict[str, Any]],
    now: str,
    folds: HeldSessions,
) -> dict[str, Any]:
    """Dots and steps of who trains; of who doesn't, a dot for each day that she was asked about."""
    plan = _find_plan(connection, lines)
    if plan is None:
        return {"of": "nothing", "dots": [], "stairs": [], "language": None}
    n_sessions, a_week = plan.n_sessions, plan.course.sessions_per_week
    if who.arm is not Arm.TRAINING:
        dots = list_question_dots(
            list_dots(n_sessions, a_week, (), {}), lines, read_answered(connection, who.code), now
        )
        return {"of": "questions", "dots": dots, "stairs": [], "language": plan.language}
    hers = [one for one in lines if who.code in (one["participants"] or ())]
    held = {
        line["id"]: folds.fold(line, partial(_fold, connection, line["id"], now)).state
        for line in hers
        if line["state"] != "planned"
    }
    people = {session: state["people"].get(who.code) for session, state in held.items()}
    past = [
        (line["ordinal"], held[line["id"]])
        for line in hers
        if line["id"] in held and line["ordinal"] is not None
    ]
    return {
        "of": "sessions",
        "dots": list_dots(n_sessions, a_week, hers, people),
        "stairs": [_name(one, plan) for one in list_stairs(past, who.code)],
        "language": plan.language,
    }


def list_question_dots(
    dots: Sequence[dict[str, Any]],
    lines: Sequence[Line],
    answered: Mapping[str, bool],
    now: str,
) -> list[dict[str, Any]]:
    """The dot of a session of the group is filled when she answered the day after it. Pure."""
    states = {}
    for line in lines:
        if line["ordinal"] is not None and line["planned_start"] <= now:
            states[line["ordinal"]] = FILLED if line["id"] in answered else REST
    return [{**dot, "state": states.get(dot["session"], TO_COME)} for dot in dots]


def _find_plan(connection: Connection, lines: Sequence[Line]) -> TrainingPlan | None:
    for line in reversed(lines):
        if line["plan"] is not None:
            plan = read_plan_of(connection, line["plan"], line["plan_sha256"])
            if plan is not None:
                return plan
    return None


def _fold(connection: Connection, session: str, now: str) -> Any:
    return fold_held([one.event for one in read_events(connection, session)], now)


def _name(stair: Stair, plan: TrainingPlan) -> Stair:
    names = {one.id: one.name for one in plan.exercises}
    return {**stair, "name": names.get(stair["exercise"]) or say_id(stair["exercise"])}
