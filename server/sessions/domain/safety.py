"""Adverse events with what was added to them afterwards."""

from typing import Any

from protocol.ledger.instants import format_utc_ms
from server.sessions.domain.holding import Holding, Holdings
from server.sessions.domain.views import view_acts, view_fact


def fold_adverse_events(holdings: Holdings) -> dict[str, dict[str, Any]]:
    """Every event that holds, by its UUID; the newest word on each question counts."""
    return {held.about: _fold_one(holdings, held) for held in holdings.of_kind("adverse_event")}


def _fold_one(holdings: Holdings, held: Holding) -> dict[str, Any]:
    followups = view_acts(holdings, "adverse_event_followup", held.about)
    newest: dict[str, Any] = {"outcome": None, "settled_at": None, "serious": None}
    for followup in followups:
        newest |= {key: followup[key] for key in newest if followup[key] is not None}
    return {
        **view_fact(held),
        "at": format_utc_ms(held.root.time_ms),
        "actor": held.root.event.actor,
        **newest,
        "followups": followups,
    }
