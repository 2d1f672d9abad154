"""What a session's dose is worked out from in the study, beside the straps' records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from protocol.ledger.event import LedgerEvent
from protocol.training.expand import PlannedSession, expand_session
from protocol.training.plan import TrainingPlan
from server.dose.vector import hash_inputs
from server.sessions.evening import find_number
from server.sessions.ledger import read_events, read_mark
from server.sessions.study_plans import read_plan_of


@dataclass(frozen=True, slots=True)
class SessionInputs:
    """`line` is the session in the list of all; `planned` None: its plan isn't in this study.

    `sha256` changes with every entry, erasure and change of plan.
    """

    line: dict[str, Any]
    events: Sequence[LedgerEvent]
    plan: TrainingPlan | None
    planned: PlannedSession | None
    sha256: str


def hash_mark(connection: Connection, line: dict[str, Any]) -> str:
    """The same as long as the session's entries and its plan are, without reading them."""
    mark = read_mark(connection, line["id"])
    return hash_inputs([line["id"], mark.newest, mark.n_values, line["plan_sha256"]])


def read_session_inputs(
    connection: Connection, lines: Sequence[dict[str, Any]], line: dict[str, Any]
) -> SessionInputs:
    """Of one session in the list of all sessions."""
    plan = None
    if line["plan"] is not None:
        plan = read_plan_of(connection, line["plan"], line["plan_sha256"])
    number = None if plan is None else find_number(plan, lines, line)
    planned = None if plan is None or number is None else expand_session(plan, number)
    events = [stored.event for stored in read_events(connection, line["id"])]
    sha256 = hash_inputs([hash_mark(connection, line), number])
    return SessionInputs(line, events, plan, planned, sha256)
