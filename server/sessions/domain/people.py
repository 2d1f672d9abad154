"""One participant in the folded session: everything that is known of her evening."""

from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.abouts import About
from protocol.ledger.instants import format_utc_ms
from protocol.ledger.kinds import KINDS
from server.sessions.domain.holding import Holdings
from server.sessions.domain.levels import read_level
from server.sessions.domain.rotation import find_station, list_choices, list_set_slots
from server.sessions.domain.running import ClockRun
from server.sessions.domain.sets import PersonSets, fold_sets
from server.sessions.domain.standing import Standing, fold_standing
from server.sessions.domain.substituting import view_substitutions
from server.sessions.domain.views import view_acts, view_fact_of, view_parts
from server.sessions.domain.wearing import list_wearing

# Facts about her that the folded session shows as they are, with the key they have there.
_PLAIN_FACTS: Final = (
    ("readiness", "readiness"),
    ("decision", "readiness_decision"),
    ("prescription", "prescription"),
    ("resting_hr", "resting_hr"),
    ("warmup_hr", "warmup_hr"),
    ("session_rpe", "session_rpe"),
    ("feeling", "feeling"),
    ("plyometric_signoff", "plyometric_signoff"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A participant's part of the folded session, and what the counts need of it."""

    view: dict[str, Any]
    standing: Standing
    sets: PersonSets


def list_people(holdings: Holdings, run: ClockRun | None) -> list[str]:
    """Everybody planned, and everybody whom anything that holds speaks of; sorted."""
    people: set[str] = set(run.start["start_station"]) if run else set()
    for held in holdings:
        about = KINDS[held.kind].about.parse(held.about) or About()
        named = (about.participant, held.value.get("participant"))
        people.update(code for code in named if code is not None)
        people.update(held.value.get("participants", ()))
    return sorted(people)


def fold_person(holdings: Holdings, run: ClockRun | None, participant: str) -> Person:
    """Her part of the session."""
    standing = fold_standing(holdings, participant)
    sets = fold_sets(holdings, run, participant, standing)
    view = {
        **_view_standing(standing),
        **_view_station(holdings, run, participant),
        **{key: view_fact_of(holdings, kind, participant) for key, kind in _PLAIN_FACTS},
        "level": read_level(holdings, participant),
        "substitutions": view_substitutions(holdings, participant),
        "progression": view_parts(holdings, "progression_decision", participant),
        "wearing": list_wearing(holdings, participant),
        "identity_checks": view_acts(holdings, "identity_check", participant),
        "sets": sets.sets,
        "rpe": view_parts(holdings, "rpe", participant),
        "cooling": view_acts(holdings, "cooling_given", participant),
        "notes": view_acts(holdings, "note", participant),
        "events": _list_adverse_events(holdings, participant),
    }
    return Person(view, standing, sets)


def _view_standing(standing: Standing) -> dict[str, Any]:
    return {
        "standing": standing.word,
        "attendance": standing.attendance,
        "since": None if standing.since_ms is None else format_utc_ms(standing.since_ms),
        "why": standing.attendance_why,
        "held": standing.is_held or standing.stopped_by is not None,
        "stopped_by": standing.stopped_by,
    }


def _view_station(holdings: Holdings, run: ClockRun | None, participant: str) -> dict[str, Any]:
    """Where she rotates from, and where she is in the work segment that runs or comes next."""
    choices = [] if run is None else list_choices(holdings, run, participant)
    if run is None or not choices:
        return {"start_station": None, "station": None}
    slots = list_set_slots(run, choices)
    ahead = (s for s in slots if not s.segment.is_cut and not run.has_ended(s.segment))
    upcoming = next(ahead, None)
    return {
        "start_station": find_station(run.start, choices[-1].start_station, 1),
        "station": None if upcoming is None else upcoming.station,
    }


def _list_adverse_events(holdings: Holdings, participant: str) -> list[str]:
    return [
        held.about
        for held in holdings.of_kind("adverse_event")
        if held.value["participant"] == participant
    ]
