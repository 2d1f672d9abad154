"""Puts the sessions of a plan into the ledger, all of them or none."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from protocol.identifiers import SYSTEM_USER
from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault
from protocol.ledger.instants import parse_utc_ms
from protocol.ledger.uuid7 import RANDOM_BYTES, make_uuid7
from protocol.ledger.validation import decode_event
from protocol.training.plan import TrainingPlan, compute_digest
from server.errors import ConflictError, RuleError
from server.sessions.appending import Posting
from server.sessions.domain.calendar import PlannedTime, find_overlaps
from server.sessions.domain.runnable import list_obstacles
from server.sessions.ledger import append_events, lock_ledger
from server.sessions.server_hand import SERVER_DEVICE
from server.sessions.service import list_all_sessions
from server.sessions.study_plans import append_plan


@dataclass(frozen=True, slots=True)
class Course:
    """Sessions to plan: when, of which plan under which name, for whom."""

    plan_name: str
    plan: TrainingPlan
    times: Sequence[PlannedTime]
    participants: Sequence[str]


def schedule_course(
    connection: Connection, course: Course, codes: Collection[str], now: str, recorded_by: str
) -> None:
    """Write one `session_planned` a session. `codes` are those of the study's participants.

    Raises ConflictError or RuleError; then nothing is changed.
    """
    _require_runnable(course.plan)
    lock_ledger(connection)
    _require_participants(course, codes)
    _require_free(connection, course)
    append_plan(connection, course.plan_name, course.plan, recorded_by)
    for time in course.times:
        event = _plan_session(course, time, now)
        session = make_uuid7(parse_utc_ms(time.planned_start), os.urandom(RANDOM_BYTES))
        append_events(connection, Posting(session, [event], now, recorded_by), os.urandom)


def _require_runnable(plan: TrainingPlan) -> None:
    obstacles = list_obstacles(plan)
    if obstacles:
        told = "".join(f"\n  {sentence}" for sentence in obstacles)
        raise RuleError(f"the circuit can't run the plan {plan.id}; nothing was changed{told}")


def _require_participants(course: Course, codes: Collection[str]) -> None:
    if not course.participants:
        raise RuleError("a session needs at least one participant; nothing was changed")
    strangers = [code for code in course.participants if code not in codes]
    if strangers:
        raise RuleError(
            f"nobody in the study has the code {' or '.join(strangers)}; nothing was changed"
        )


def _require_free(connection: Connection, course: Course) -> None:
    lines = [one for one in list_all_sessions(connection) if one["planned_start"] is not None]
    numbers = {one["ordinal"] for one in lines}
    taken = [time.ordinal for time in course.times if time.ordinal in numbers]
    if taken:
        raise ConflictError(
            f"session {taken[0]} is planned already; nothing was changed"
            + (f" ({len(taken)} of these sessions are)" if len(taken) > 1 else "")
        )
    starts = [one["planned_start"] for one in lines]
    overlaps = find_overlaps(course.times, starts, course.plan.session.total_min)
    if overlaps:
        first = overlaps[0]
        raise ConflictError(
            f"session {first.ordinal} on {first.local:%a %Y-%m-%d %H:%M} would overlap with one"
            " that is planned already; nothing was changed"
        )


def _plan_session(course: Course, time: PlannedTime, now: str) -> LedgerEvent:
    value: dict[str, Any] = {
        "ordinal": time.ordinal,
        "week": course.plan.week_of(time.ordinal),
        "planned_start": time.planned_start,
        "plan": course.plan_name,
        "plan_sha256": compute_digest(course.plan),
        "participants": list(course.participants),
    }
    return make_planning(value, now)


def make_planning(
    value: dict[str, Any],
    now: str,
    *,
    place: int = 1,
    supersedes: str | None = None,
    reason: str | None = None,
) -> LedgerEvent:
    """A `session_planned` by the system; `place` counts those of one session. Raises RuleError."""
    row: dict[str, Any] = {
        "id": make_uuid7(parse_utc_ms(now), os.urandom(RANDOM_BYTES)),
        "kind": "session_planned",
        "about": "session",
        "value": value,
        "actor": SYSTEM_USER,
        "device": SERVER_DEVICE,
        "device_seq": place,
        "occurred_at": now,
        "clock_offset_ms": 0,
        "supersedes": supersedes,
        "reason": reason,
    }
    event = decode_event(row)
    if isinstance(event, EventFault):
        raise RuleError(event.message)
    return event
