"""Which runs of the archive may be compacted: those of sessions that are closed, and all others
that no session still running can be waiting for."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.decoding.clocks.frames import NS_PER_MS
from server.dose.written.evening import fold_evening
from server.errors import NotFoundError, RuleError
from server.projection.boots import Stretch, find_runs
from server.projection.run_index import index_new_runs
from server.sessions.domain.coverage import list_worn
from server.sessions.ledger import read_events
from server.sessions.service import list_all_sessions

CLOSED: Final = "closed"
RUNNING: Final = "running"


def find_runs_of_closed(study: Database, derived: Database, session: str, now_ns: int) -> list[int]:
    """Runs recorded while straps were worn in a session, ascending.

    Raises NotFoundError, or RuleError when the session isn't closed.
    """
    with study.reading() as connection:
        lines = {line["id"]: line for line in list_all_sessions(connection)}
    if session not in lines:
        raise NotFoundError(f"no session {session} is in this study")
    state = lines[session]["state"]
    if state != CLOSED:
        raise RuleError(f"session {session} is {state}; only a closed one is compacted")
    return _find_runs(study, derived, [session], now_ns)


def find_runs_in_use(study: Database, derived: Database, now_ns: int) -> tuple[list[int], int]:
    """Runs recorded in sessions that are still running, and how many such sessions there are."""
    with study.reading() as connection:
        running = [line["id"] for line in list_all_sessions(connection) if _is_running(line)]
    return _find_runs(study, derived, running, now_ns), len(running)


def _is_running(line: Mapping[str, Any]) -> bool:
    return bool(line["state"] == RUNNING)


def _find_runs(
    study: Database, derived: Database, sessions: Sequence[str], now_ns: int
) -> list[int]:
    index_new_runs(study, derived)
    found: set[int] = set()
    for session in sessions:
        with study.reading() as connection:
            stretch = _read_stretch(connection, session, now_ns)
        with derived.reading() as connection:
            found.update(find_runs(connection, stretch).run_ids)
    return sorted(found)


def _read_stretch(connection: Connection, session: str, now_ns: int) -> Stretch:
    """From the first strap put on to the last taken off; a running session goes on until now."""
    events = [stored.event for stored in read_events(connection, session)]
    now = format_utc_ms(now_ns // NS_PER_MS)
    worn = list_worn(fold_evening(events, now).state, now)
    if not worn:
        return Stretch(0, 0)
    first_ms, last_ms = min(one.from_ms for one in worn), max(one.until_ms for one in worn)
    return Stretch(first_ms * NS_PER_MS, last_ms * NS_PER_MS)
