"""The session, folded from its events: a function of the set of events and of an instant.

The shape is the one that tablets fold by themselves; tests/contract/fold_vectors ties both hands.
"""

from collections.abc import Iterable
from typing import Any

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from server.sessions.domain.chains import Thing, find_things
from server.sessions.domain.clock_view import view_clock
from server.sessions.domain.counts import count_session
from server.sessions.domain.holding import Holdings
from server.sessions.domain.people import fold_person, list_people
from server.sessions.domain.placing import place_events
from server.sessions.domain.running import run_clock
from server.sessions.domain.safety import fold_adverse_events
from server.sessions.domain.staff import view_staff
from server.sessions.domain.views import view_acts, view_fact_of, view_facts, view_last_act
from server.sessions.domain.wearing import list_overlaps

State = dict[str, Any]


def fold_session(events: Iterable[LedgerEvent], at: str) -> State:
    """The session as JSON at a UTC text. Order and repetition of `events` don't matter."""
    placed = place_events(events)
    things = find_things(placed)
    holdings = Holdings(things)
    closing = fold_closing(holdings)
    now_ms = parse_utc_ms(at)
    if closing["closed_at"] is not None:
        now_ms = min(now_ms, parse_utc_ms(closing["closed_at"]))
    run = run_clock(holdings, now_ms)
    people = {code: fold_person(holdings, run, code) for code in list_people(holdings, run)}
    conflicts = list_conflicts(things)
    return {
        "at": format_utc_ms(parse_utc_ms(at)),
        "session": view_fact_of(holdings, "session_planned", "session"),
        "phase": view_last_act(holdings, "phase_entered"),
        **closing,
        "staff": view_staff(holdings),
        "room": {
            "check": view_fact_of(holdings, "room_check", "session"),
            "climate": view_facts(holdings, "room_climate"),
        },
        "sync_moments": view_acts(holdings, "sync_moment", "session"),
        "notes": view_acts(holdings, "note", "session"),
        "clock": view_clock(run, is_closed=closing["closed"]),
        "people": {code: person.view for code, person in people.items()},
        "events": fold_adverse_events(holdings),
        "overlaps": list_overlaps(holdings),
        "conflicts": conflicts,
        "counts": count_session(len(placed), list(people.values()), len(conflicts)),
    }


def list_conflicts(things: Iterable[Thing]) -> list[dict[str, Any]]:
    """What people disagree about, with the versions to choose from and what each one says.

    Whoever decides supersedes every other version with the value of the one that is kept.
    """
    conflicts = [
        {
            "kind": thing.kind,
            "about": thing.about,
            "versions": list(thing.versions),
            "values": [one.value for one in thing.disputed],
        }
        for thing in things
        if thing.disputed
    ]
    return sorted(conflicts, key=lambda one: (one["kind"], one["about"], one["versions"]))


def fold_closing(holdings: Holdings) -> dict[str, Any]:
    """Closed by the last of closings and reopenings."""
    acts = [*holdings.of_kind("session_closed"), *holdings.of_kind("session_reopened")]
    last = max(acts, key=lambda act: act.place, default=None)
    if last is None or last.kind == "session_reopened":
        return {"closed": False, "closed_at": None, "summary": None}
    closed_at = format_utc_ms(last.root.time_ms)
    return {"closed": True, "closed_at": closed_at, "summary": last.value["summary"]}
