"""How facts and acts look in the folded session: their value, and where it comes from."""

from typing import Any

from protocol.ledger.instants import format_utc_ms
from server.sessions.domain.holding import Holding, Holdings


def view_fact(held: Holding) -> dict[str, Any]:
    """The value of a fact, its event, and whether people disagree about it."""
    return {**held.value, "event": held.event.id, "conflict": held.is_disputed}


def view_act(held: Holding) -> dict[str, Any]:
    """The value of an act, when it happened, and who wrote it down."""
    return {
        **held.value,
        "at": format_utc_ms(held.root.time_ms),
        "event": held.event.id,
        "actor": held.event.actor,
    }


def view_acts(holdings: Holdings, kind: str, about: str) -> list[dict[str, Any]]:
    """All acts of one kind about one thing, in order."""
    return [view_act(held) for held in holdings.of(kind, about)]


def view_last_act(holdings: Holdings, kind: str) -> dict[str, Any] | None:
    """The newest act of a kind, or None."""
    acts = holdings.of_kind(kind)
    return view_act(acts[-1]) if acts else None


def view_fact_of(holdings: Holdings, kind: str, about: str) -> dict[str, Any] | None:
    """The fact of a kind about one thing, or None."""
    held = holdings.fact(kind, about)
    return None if held is None else view_fact(held)


def view_facts(holdings: Holdings, kind: str) -> dict[str, dict[str, Any]]:
    """All facts of a kind, by what they are about."""
    return {held.about: view_fact(held) for held in holdings.of_kind(kind)}


def view_parts(holdings: Holdings, kind: str, participant: str) -> dict[str, dict[str, Any]]:
    """Facts about `participant/part`, by part."""
    parts = {}
    for held in holdings.of_kind(kind):
        whose, _, part = held.about.partition("/")
        if whose == participant:
            parts[part] = view_fact(held)
    return parts
