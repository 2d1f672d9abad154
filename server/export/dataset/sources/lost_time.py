"""Table `lost_time`: how much of everybody's main phase wasn't heard, by cause."""

from collections.abc import Iterator
from typing import Final

from server.export.dataset.column import Column, Kind
from server.export.dataset.sources.keys import OF_A_SESSION, PARTICIPANT, SESSION
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table
from server.projection.lost_time import LostTime
from server.projection.person_gaps import HEART, MOVEMENT
from server.projection.quality_store import read_lost_time

TABLE: Final = Table(
    "lost_time",
    "Time not heard: a row for each participant, session, stream and cause",
    (
        SESSION,
        PARTICIPANT,
        Column("stream", Kind.STRING, "what the strap sends"),
        Column("cause", Kind.STRING, "why nothing was heard"),
        Column("expected_s", Kind.NUMBER, "main phase that she was there for", "s"),
        Column("lost_s", Kind.NUMBER, "of it not heard for this cause", "s"),
    ),
    key=("session_number", "participant", "stream", "cause"),
    refers_to=OF_A_SESSION,
)


def read(view: StudyView) -> Iterator[Row]:
    """Of sessions that were worked out; what nobody can explain has no row."""
    if view.derived is None:
        return
    found = {stream: read_lost_time(view.derived, stream) for stream in (HEART, MOVEMENT)}
    for held in view.iterate_held():
        for pseudonym, code in view.list_people(held):
            for stream, lost in found.items():
                told = lost.get((held.id, code), LostTime())
                for cause, lost_s in sorted(told.lost_s.items()):
                    yield {
                        "session_number": held.number,
                        "participant": pseudonym,
                        "stream": stream,
                        "cause": str(cause),
                        "expected_s": told.expected_s,
                        "lost_s": lost_s,
                    }
