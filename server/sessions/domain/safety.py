"""Adverse events with what was added to them afterwards."""

from collections.abc import Sequence
from typing import Any

from protocol.ledger.instants import format_utc_ms
from server.sessions.domain.chains import Thing, select_shown
from server.sessions.domain.views import view_acts, view_fact


def fold_adverse_events(things: Sequence[Thing]) -> dict[str, dict[str, Any]]:
    """Every event that holds, by its UUID; the newest word on each question counts."""
    return {
        thing.about: _fold_one(things, thing) for thing in select_shown(things, "adverse_event")
    }


def _fold_one(things: Sequence[Thing], thing: Thing) -> dict[str, Any]:
    followups = view_acts(things, "adverse_event_followup", thing.about)
    newest: dict[str, Any] = {"outcome": None, "settled_at": None, "serious": None}
    for followup in followups:
        newest |= {key: followup[key] for key in newest if followup[key] is not None}
    return {
        **view_fact(thing),
        "at": format_utc_ms(thing.root.time_ms),
        "actor": thing.root.event.actor,
        **newest,
        "followups": followups,
    }
