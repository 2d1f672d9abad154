"""Table `course`: what the course adds up to for each participant, metric by metric."""

from collections.abc import Iterator
from typing import Final

from server.dose.course.course_vector import CourseVector
from server.dose.course.sums import CourseSum
from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.quantities import tell_value
from server.export.dataset.sources.keys import PARTICIPANT
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table

TABLE: Final = Table(
    "course",
    "Dose of the course: a row for each participant and metric",
    (
        PARTICIPANT,
        Column("metric", Kind.STRING, "name of the metric"),
        Column("unit", Kind.STRING, "unit of all sums"),
        Column("total", Kind.NUMBER, "of all sessions", may_be_absent=True),
        Column("prorated", Kind.NUMBER, "a session without a number counted like the others"
               " of its week", may_be_absent=True),
        Column("planned", Kind.NUMBER, "as planned", may_be_absent=True),
        Column("known_sum", Kind.NUMBER, "of the sessions that have a number: a lower bound",
               may_be_absent=True),
        Column("n_known", Kind.INTEGER, "sessions that have a number"),
        Column("n_sessions", Kind.INTEGER, "sessions of the course"),
        Column("reasons", Kind.STRING, "why others have none, and how many", may_be_absent=True),
    ),
    key=("participant", "metric"),
    refers_to={"participant": ("participants", "participant")},
)  # fmt: skip


def read(view: StudyView) -> Iterator[Row]:
    """Whoever is planned in any session."""
    for pseudonym, course in view.courses:
        yield from ({"participant": pseudonym, **cells} for cells in _list_sums(course))


def _list_sums(course: CourseVector) -> Iterator[dict[str, Cell]]:
    for name, one in sorted(course.sums.items()):
        yield {"metric": name, "unit": one.total.unit, **_tell(one)}


def _tell(one: CourseSum) -> dict[str, Cell]:
    nothing = Absent("no_data")
    reasons = ";".join(f"{word}:{n}" for word, n in sorted(one.reasons.items()))
    return {
        "total": tell_value(one.total),
        "prorated": tell_value(one.prorated),
        "planned": tell_value(one.planned),
        "known_sum": float(one.known_sum) if one.n_known else nothing,
        "n_known": one.n_known,
        "n_sessions": one.n_sessions,
        "reasons": reasons or Absent("not_applicable"),
    }
