"""Table `repetition_counts`: what the detector counted in a set, beside the trainer's number."""

from collections.abc import Iterator
from typing import Final

from server.dose.repetitions.proposal import Proposal
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.quantities import tell_or
from server.export.dataset.sources.keys import OF_A_SESSION, PARTICIPANT, SESSION
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table
from server.projection.person_store import read_proposals

TABLE: Final = Table(
    "repetition_counts",
    "Repetitions as counted from the chest: a row for each set that a strap was heard in",
    (
        SESSION,
        PARTICIPANT,
        Column("set_name", Kind.STRING, "set in the circuit: station and number"),
        Column("exercise", Kind.STRING, "what she did"),
        Column("detected", Kind.INTEGER, "counted by the detector", may_be_absent=True),
        Column("trainer", Kind.INTEGER, "counted by the trainer", may_be_absent=True),
        Column("confidence", Kind.NUMBER, "of the detector, 0 to 1", may_be_absent=True),
        Column("heard", Kind.NUMBER, "share of the set that was heard"),
        Column("version", Kind.INTEGER, "version of the detector"),
    ),
    key=("session_number", "participant", "set_name"),
    refers_to=OF_A_SESSION,
)


def read(view: StudyView) -> Iterator[Row]:
    """Of sessions that were worked out."""
    for held in view.iterate_held():
        found = {} if view.derived is None else read_proposals(view.derived, held.id)
        for pseudonym, code in view.list_people(held):
            hers = {name: one for (_, who, name), one in found.items() if who == code}
            for name, one in sorted(hers.items()):
                yield {
                    "session_number": held.number,
                    "participant": pseudonym,
                    "set_name": name,
                    **_tell_proposal(one),
                }


def _tell_proposal(one: Proposal) -> dict[str, Cell]:
    return {
        "exercise": one.exercise,
        "detected": tell_or(one.proposed, "unusable"),
        "trainer": tell_or(one.trainer, "not_recorded"),
        "confidence": tell_or(one.confidence, "not_applicable"),
        "heard": one.heard,
        "version": one.version,
    }
