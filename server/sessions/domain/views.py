"""How facts and acts look in the folded session: their value, and where it comes from."""

from collections.abc import Iterable, Sequence
from typing import Any

from protocol.ledger.instants import format_utc_ms
from server.sessions.domain.chains import Thing, select_shown


def view_fact(thing: Thing) -> dict[str, Any]:
    """The value of a fact that holds, its event, and whether people disagree about it."""
    if thing.shown is None or thing.shown.value is None:
        raise ValueError(f"{thing.kind} of {thing.about} was voided")
    return {
        **thing.shown.value,
        "event": thing.shown.event.id,
        "conflict": bool(thing.disputed),
    }


def view_act(thing: Thing) -> dict[str, Any]:
    """The value of an act, when it happened, and who wrote it down."""
    if thing.shown is None or thing.shown.value is None:
        raise ValueError(f"{thing.kind} of {thing.about} was voided")
    return {
        **thing.shown.value,
        "at": format_utc_ms(thing.root.time_ms),
        "event": thing.shown.event.id,
        "actor": thing.shown.event.actor,
    }


def view_acts(things: Sequence[Thing], kind: str, about: str) -> list[dict[str, Any]]:
    """All acts of one kind about one thing, in order."""
    return [view_act(thing) for thing in select_shown(things, kind) if thing.about == about]


def view_last_act(things: Sequence[Thing], kind: str) -> dict[str, Any] | None:
    """The newest act of a kind, or None."""
    acts = select_shown(things, kind)
    return view_act(acts[-1]) if acts else None


def view_fact_of(things: Iterable[Thing], kind: str, about: str) -> dict[str, Any] | None:
    """The fact of a kind about one thing, or None."""
    for thing in select_shown(things, kind):
        if thing.about == about:
            return view_fact(thing)
    return None
