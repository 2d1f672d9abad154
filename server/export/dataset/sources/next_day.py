"""Table `next_day`: what women of both arms said the day after, and whether somebody saw to it."""

from collections.abc import Iterator
from typing import Final

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Guard, Kind
from server.export.dataset.sources.keys import OF_A_SESSION, PARTICIPANT, SESSION, STUDY_DAY
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table
from server.study.next_day import SYMPTOMS
from server.study.next_day_answers import SaidNextDay, read_next_day_answers
from server.study.study_days import read_day

TABLE: Final = Table(
    "next_day",
    "The day after: a row for each answer; who gave none has no row, which isn't a no",
    (
        SESSION,
        PARTICIPANT,
        Column("answer_number", Kind.INTEGER, "counted of her about this session, from 1"),
        Column("is_newest", Kind.BOOLEAN, "her newest answer about this session"),
        Column("answered_day", Kind.INTEGER, f"day of the answer: {STUDY_DAY}", "d"),
        Column("worse", Kind.BOOLEAN, "anything new or worse since the session"),
        Column(
            "symptoms",
            Kind.STRING,
            f"what, with semicolons between: {', '.join(SYMPTOMS)}",
            may_be_absent=True,
        ),
        Column("asked_for_call", Kind.BOOLEAN, "she asked to be called", may_be_absent=True),
        Column(
            "seen_to_day",
            Kind.INTEGER,
            f"day on which somebody first said what was done: {STUDY_DAY}",
            "d",
            may_be_absent=True,
        ),
        Column(
            "done_text",
            Kind.STRING,
            "what was done, with bars between",
            may_be_absent=True,
            guard=Guard.FREE_TEXT,
        ),
    ),
    key=("session_number", "participant", "answer_number"),
    refers_to=OF_A_SESSION,
)


def read(view: StudyView) -> Iterator[Row]:
    """Of sessions that were planned; an answer that was erased has no row."""
    numbers = {str(line["id"]): number for number, line in enumerate(view.lines, start=1)}
    known = {one.code for one in view.participants}
    rows = [
        (numbers[one.session], view.name_person(one.code), one)
        for one in read_next_day_answers(view.study)
        if one.session in numbers and one.code in known
    ]
    for number, pseudonym, one in sorted(rows, key=lambda row: (*row[:2], row[2].number)):
        yield {"session_number": number, "participant": pseudonym, **_tell(view, one)}


def _tell(view: StudyView, one: SaidNextDay) -> dict[str, Cell]:
    return {
        "answer_number": one.number,
        "is_newest": one.is_newest,
        "answered_day": _count_day(view, one.recorded_at),
        "worse": one.worse,
        **(_tell_worse(view, one) if one.worse else dict.fromkeys(_OF_A_YES, _NO)),
    }


_OF_A_YES: Final = ("symptoms", "asked_for_call", "seen_to_day", "done_text")
_NO: Final = Absent("not_applicable")


def _tell_worse(view: StudyView, one: SaidNextDay) -> dict[str, Cell]:
    """A yes may come without what it is, and wait for somebody."""
    waits = Absent("not_recorded")
    texts = " | ".join(done.text for done in one.done)
    return {
        "symptoms": ";".join(one.what) or Absent("refused"),
        "asked_for_call": one.call_me,
        "seen_to_day": _count_day(view, one.done[0].recorded_at) if one.done else waits,
        "done_text": texts or waits,
    }


def _count_day(view: StudyView, moment: str) -> int:
    return view.count_date(read_day(moment, view.zone))
