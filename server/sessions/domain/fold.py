"""The session, folded from its events: a function of the set of events and of an instant.

The shape is the one that tablets fold by themselves; tests/contract/fold_vectors ties both hands.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from server.sessions.domain.chains import Thing, find_things, index_facts
from server.sessions.domain.clock_view import view_clock
from server.sessions.domain.counts import count_session
from server.sessions.domain.people import fold_person, list_people
from server.sessions.domain.placing import place_events
from server.sessions.domain.running import run_clock
from server.sessions.domain.safety import fold_adverse_events
from server.sessions.domain.views import view_acts, view_fact, view_fact_of, view_last_act
from server.sessions.domain.wearing import list_overlaps

State = dict[str, Any]


def fold_session(events: Iterable[LedgerEvent], at: str) -> State:
    """The session as JSON at a UTC text. Order and repetition of `events` don't matter."""
    placed = place_events(events)
    things = find_things(placed)
    closing = fold_closing(things)
    now_ms = parse_utc_ms(at)
    if closing["closed_at"] is not None:
        now_ms = min(now_ms, parse_utc_ms(closing["closed_at"]))
    run = run_clock(things, now_ms)
    people = {code: fold_person(things, run, code) for code in list_people(things, run)}
    conflicts = list_conflicts(things)
    return {
        "at": format_utc_ms(parse_utc_ms(at)),
        "session": view_fact_of(things, "session_planned", "session"),
        "phase": view_last_act(things, "phase_entered"),
        **closing,
        "staff": _view_facts(index_facts(things, "staff_present")),
        "room": {
            "check": view_fact_of(things, "room_check", "session"),
            "climate": _view_facts(index_facts(things, "room_climate")),
        },
        "sync_moments": view_acts(things, "sync_moment", "session"),
        "notes": view_acts(things, "note", "session"),
        "clock": view_clock(run, is_closed=closing["closed"]),
        "people": {code: person.view for code, person in people.items()},
        "events": fold_adverse_events(things),
        "overlaps": list_overlaps(things),
        "conflicts": conflicts,
        "counts": count_session(len(placed), list(people.values()), len(conflicts)),
    }


def list_conflicts(things: Iterable[Thing]) -> list[dict[str, Any]]:
    """What people disagree about, with the versions to choose from."""
    conflicts = [
        {"kind": thing.kind, "about": thing.about, "versions": list(thing.disputed)}
        for thing in things
        if thing.disputed
    ]
    return sorted(conflicts, key=lambda one: (one["kind"], one["about"], one["versions"]))


def fold_closing(things: Sequence[Thing]) -> dict[str, Any]:
    """Closed by the last of closings and reopenings."""
    closed = view_last_act(things, "session_closed")
    reopened = view_last_act(things, "session_reopened")
    is_closed = closed is not None and (reopened is None or _is_after(things, closed, reopened))
    return {
        "closed": is_closed,
        "closed_at": closed["at"] if closed and is_closed else None,
        "summary": closed["summary"] if closed and is_closed else None,
    }


def _is_after(things: Sequence[Thing], one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether an act comes after another one. Things are in order."""
    order = [thing.shown.event.id for thing in things if thing.shown is not None]
    return order.index(one["event"]) > order.index(other["event"])


def _view_facts(facts: Mapping[str, Thing]) -> dict[str, Any]:
    return {about: view_fact(thing) for about, thing in facts.items()}
