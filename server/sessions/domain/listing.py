"""A session in one line: what was planned, and whether it runs or is closed."""

from collections.abc import Sequence
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.fold import fold_closing
from server.sessions.domain.holding import hold_events
from server.sessions.domain.views import view_fact_of

# All that a session's line is made of, besides how many entries it has.
LISTED_KINDS: Final = ("session_planned", "session_closed", "session_reopened")
_PLANNED_KEYS: Final = ("ordinal", "week", "planned_start", "plan", "plan_sha256", "participants")


def list_session(session: str, events: Sequence[LedgerEvent], n_entries: int) -> dict[str, Any]:
    """`id`, what was planned (null for a session that nobody planned), `state`, `entries`."""
    holdings = hold_events(events)
    planned = view_fact_of(holdings, "session_planned", "session")
    n_planning = sum(event.kind == "session_planned" for event in events)
    state = "planned" if n_entries == n_planning else "running"
    return {
        "id": session,
        **{key: None if planned is None else planned[key] for key in _PLANNED_KEYS},
        "state": "closed" if fold_closing(holdings)["closed"] else state,
        "entries": n_entries,
    }
