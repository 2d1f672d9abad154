"""Table `sets`: every set of everybody, as planned and as known, with how it is known."""

from collections.abc import Iterator
from typing import Final

from server.dose.volume.sets import DoseSet
from server.dose.volume.threefold import SetState
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.quantities import tell_or
from server.export.dataset.sources.keys import OF_A_SESSION, PARTICIPANT, SESSION
from server.export.dataset.sources.medium import make_medium, tell_medium
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table

_STATES: Final = {
    SetState.OBSERVED.value: "somebody saw it",
    SetState.SENSOR.value: "a sensor says so",
    SetState.SELF_REPORT.value: "she says so",
    SetState.ASSUMED.value: "done as planned, for all that is known",
    SetState.NOT_DONE.value: "not done",
    SetState.UNKNOWN.value: "nobody knows",
}
TABLE: Final = Table(
    "sets",
    "Sets: a row each, done or not",
    (
        SESSION,
        PARTICIPANT,
        Column("set_name", Kind.STRING, "set in the circuit: station and number"),
        Column("round", Kind.INTEGER, "round of the circuit", may_be_absent=True),
        Column("exercise", Kind.STRING, "what she did, or was to do"),
        Column("category", Kind.STRING, "category of what she did"),
        Column("evidence", Kind.STRING, "how it is known", values=_STATES),
        Column("amount", Kind.NUMBER, "done, both sides counted", may_be_absent=True),
        Column("amount_unit", Kind.STRING, "unit of what was done"),
        Column("prescribed", Kind.NUMBER, "prescribed, both sides counted", may_be_absent=True),
        Column("prescribed_unit", Kind.STRING, "unit of what was prescribed"),
        Column("band", Kind.STRING, "colour of the band", may_be_absent=True),
        Column("work_s", Kind.NUMBER, "work on the clock", "s", may_be_absent=True),
        Column("is_extra", Kind.BOOLEAN, "the circuit had no such set"),
        make_medium("written_on", "the set"),
    ),
    key=("session_number", "participant", "set_name"),
    refers_to=OF_A_SESSION,
)


def read(view: StudyView) -> Iterator[Row]:
    """Of sessions that began."""
    for held in view.iterate_held():
        for pseudonym, code in view.list_people(held):
            person = held.evening.person(code)
            told = {} if person is None else person["sets"]
            for one in sorted(held.list_sets(code), key=lambda one: one.name):
                entry = told[one.name]["event"] if one.name in told else None
                yield {
                    "session_number": held.number,
                    "participant": pseudonym,
                    **_tell_set(one),
                    "written_on": tell_medium(held, entry),
                }


def _tell_set(one: DoseSet) -> dict[str, Cell]:
    return {
        "set_name": one.name,
        "round": tell_or(one.round, "not_recorded"),
        "exercise": one.exercise,
        "category": one.category,
        "evidence": one.state.value,
        "amount": tell_or(one.amount, "not_recorded" if one.state.is_done else "not_applicable"),
        "amount_unit": one.unit,
        "prescribed": tell_or(one.prescribed, "not_recorded"),
        "prescribed_unit": one.prescribed_unit,
        "band": tell_or(one.band, "not_recorded" if one.has_band else "not_applicable"),
        "work_s": tell_or(one.work_s, "not_recorded"),
        "is_extra": one.is_extra,
    }
