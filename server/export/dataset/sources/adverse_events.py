"""Table `adverse_events`: what happened to whom, at which station, and what became of it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.quantities import tell_or
from server.export.dataset.sources.keys import OF_A_SESSION, PARTICIPANT, SESSION
from server.export.dataset.sources.medium import make_medium, tell_medium
from server.export.dataset.study_view import HeldSession, StudyView
from server.export.dataset.table import Row, Table

_WHAT: Final = {
    "fall": "fall",
    "near_fall": "near fall",
    "dizzy": "dizziness",
    "heat_vision": "heat or blurred sight",
    "new_numbness": "new numbness",
    "pain": "pain",
    "spasm": "spasm",
    "chest_breath": "chest or breath",
    "other": "other",
}
_OUTCOMES: Final = {
    "resting": "rested",
    "cooled": "cooled",
    "went_home": "went home",
    "ambulance": "ambulance",
}
TABLE: Final = Table(
    "adverse_events",
    "Adverse events: a row each",
    (
        SESSION,
        PARTICIPANT,
        Column("event_number", Kind.INTEGER, "counted in her session, from 1"),
        Column("what", Kind.STRING, "what happened", values=_WHAT),
        Column("round", Kind.INTEGER, "round of the circuit", may_be_absent=True),
        Column("exercise", Kind.STRING, "what she was at", may_be_absent=True),
        Column("room_c", Kind.NUMBER, "room temperature", "Cel", may_be_absent=True),
        Column("outcome", Kind.STRING, "outcome", values=_OUTCOMES, may_be_absent=True),
        make_medium("written_on", "it"),
        Column("serious", Kind.BOOLEAN, "serious, as somebody decided", may_be_absent=True),
    ),
    key=("session_number", "participant", "event_number"),
    refers_to=OF_A_SESSION,
)


def read(view: StudyView) -> Iterator[Row]:
    """Those that hold, in the order in which they happened."""
    for held in view.iterate_held():
        for pseudonym, code in view.list_people(held):
            for number, event in enumerate(_list_hers(held, code), start=1):
                yield {
                    "session_number": held.number,
                    "participant": pseudonym,
                    "event_number": number,
                    **_tell_event(event),
                    "written_on": tell_medium(held, event["event"]),
                }


def _list_hers(held: HeldSession, code: str) -> list[Mapping[str, Any]]:
    events = held.evening.state["events"]
    hers = [(one["at"], name, one) for name, one in events.items() if one["participant"] == code]
    return [one for _, _, one in sorted(hers, key=lambda told: told[:2])]


def _tell_event(event: Mapping[str, Any]) -> dict[str, Cell]:
    context = event["context"]
    return {
        "what": event["what"],
        "round": tell_or(context["round"], "not_recorded"),
        "exercise": tell_or(context["exercise"], "not_recorded"),
        "room_c": tell_or(context["room_c"], "not_recorded"),
        "outcome": tell_or(event["outcome"], "not_recorded"),
        "serious": tell_or(event["serious"], "not_recorded"),
    }
