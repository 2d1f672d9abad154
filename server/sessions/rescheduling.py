"""Moves a planned session to another time; when it was to be before stays in the ledger."""

import os
from datetime import datetime

from sqlalchemy import Connection

from protocol.ledger.event import LedgerEvent
from protocol.training.shipped import SHIPPED, read_shipped_plan
from server.errors import ConflictError, NotFoundError, RuleError
from server.sessions.appending import Posting
from server.sessions.domain.calendar import PlannedTime, find_overlaps, place_session
from server.sessions.domain.holding import hold_events
from server.sessions.domain.views import view_fact_of
from server.sessions.ledger import append_events, lock_ledger, read_events
from server.sessions.scheduling import make_planning
from server.sessions.service import list_all_sessions
from server.sessions.study_plans import read_plan_of

Lines = list[dict[str, object]]


def reschedule_session(
    connection: Connection, ordinal: int, local: datetime, reason: str, by: tuple[str, str]
) -> str:
    """Correct a session's start; its earlier start as UTC text. `by` is now and who runs it.

    Raises NotFoundError, ConflictError, RuleError or CalendarError; then nothing is changed.
    """
    lock_ledger(connection)
    if not reason.strip():
        raise RuleError("a session is moved for a reason; nothing was changed")
    now, recorded_by = by
    lines = list_all_sessions(connection)
    line = _require_planned(lines, ordinal)
    placed = place_session(ordinal, local)
    if placed.planned_start == line["planned_start"]:
        raise RuleError(f"session {ordinal} is planned for just then; nothing was changed")
    plan = read_plan_of(connection, str(line["plan"]), str(line["plan_sha256"]))
    minutes = (plan or read_shipped_plan(SHIPPED[0])).session.total_min
    _require_free(lines, line, placed, minutes)
    session = str(line["id"])
    events = [one.event for one in read_events(connection, session)]
    moved = _move(events, placed.planned_start, reason.strip(), now)
    append_events(connection, Posting(session, [moved], now, recorded_by), os.urandom)
    return str(line["planned_start"])


def _require_planned(lines: Lines, ordinal: int) -> dict[str, object]:
    line = next((one for one in lines if one["ordinal"] == ordinal), None)
    if line is None:
        raise NotFoundError(f"no session {ordinal} is planned")
    if line["state"] != "planned":
        raise ConflictError(f"session {ordinal} has begun already; nothing was changed")
    return line


def _require_free(lines: Lines, line: dict[str, object], placed: PlannedTime, minutes: int) -> None:
    others = [str(one["planned_start"]) for one in lines
              if one is not line and one["planned_start"] is not None]  # fmt: skip
    if find_overlaps([placed], others, minutes):
        raise ConflictError(
            f"session {placed.ordinal} at {placed.planned_start} would overlap with one that is"
            " planned already; nothing was changed"
        )


def _move(events: list[LedgerEvent], planned_start: str, reason: str, now: str) -> LedgerEvent:
    planned = view_fact_of(hold_events(events), "session_planned", "session")
    if planned is None or planned["conflict"]:
        raise ConflictError("people disagree about how this session was planned; decide that first")
    value = {key: one for key, one in planned.items() if key not in ("event", "conflict")}
    return make_planning(
        value | {"planned_start": planned_start},
        now,
        place=1 + sum(event.kind == "session_planned" for event in events),
        supersedes=planned["event"],
        reason=reason,
    )
