"""Table `attendance`: who came to which session, for how long, and how she rated the whole."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from server.dose.written.presence import find_attendance, measure_duration
from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.quantities import tell_or, tell_value
from server.export.dataset.sources.keys import OF_A_SESSION, PARTICIPANT, SESSION
from server.export.dataset.sources.ratings import RATING_COLUMNS, tell_rating
from server.export.dataset.study_view import HeldSession, StudyView
from server.export.dataset.table import Row, Table

TABLE: Final = Table(
    "attendance",
    "Attendance: a row for each participant and session held",
    (
        SESSION,
        PARTICIPANT,
        Column(
            "attendance",
            Kind.STRING,
            "whether she came",
            values={
                "attended": "came to train",
                "absent": "didn't come",
                "not_today": "came; it was decided that she doesn't train",
                "unknown": "nobody said",
            },
        ),
        Column(
            "duration_min",
            Kind.NUMBER,
            "minutes in the session, rests included",
            "min",
            may_be_absent=True,
        ),
        Column(
            "hr_seated_bpm",
            Kind.NUMBER,
            "seated heart rate before the session",
            "bpm",
            may_be_absent=True,
        ),
        *RATING_COLUMNS,
    ),
    key=("session_number", "participant"),
    refers_to=OF_A_SESSION,
)


def read(view: StudyView) -> Iterator[Row]:
    """Sessions that began."""
    for held in view.iterate_held():
        for pseudonym, code in view.list_people(held):
            yield {
                "session_number": held.number,
                "participant": pseudonym,
                **_tell_person(held, code),
            }


def _tell_person(held: HeldSession, code: str) -> dict[str, Cell]:
    evening, planned = held.evening, held.inputs.planned
    person = evening.person(code)
    rating = None if person is None else person["session_rpe"]
    seated = None if person is None else person["resting_hr"]
    return {
        "attendance": find_attendance(evening, code).value,
        "duration_min": tell_value(
            measure_duration(evening, code, None if planned is None else planned.minutes)
        ),
        "hr_seated_bpm": _tell_seated(seated),
        **tell_rating(held, rating),
    }


def _tell_seated(seated: Mapping[str, Any] | None) -> Cell:
    return Absent("not_recorded") if seated is None else tell_or(seated["bpm"], "not_recorded")
