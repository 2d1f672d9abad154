"""Table `dose`: every number of dose of everybody in each session, planned beside delivered."""

from collections.abc import Iterator
from typing import Final

from server.dose.vector import Metric
from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.quantities import tell_coverage, tell_value
from server.export.dataset.sources.keys import OF_A_SESSION, PARTICIPANT, SESSION
from server.export.dataset.study_view import HeldSession, StudyView
from server.export.dataset.table import Row, Table
from server.projection.metric_store import read_metrics

TABLE: Final = Table(
    "dose",
    "Dose: a row for each participant, session, metric and category",
    (
        SESSION,
        PARTICIPANT,
        Column("metric", Kind.STRING, "name of the metric"),
        Column("category", Kind.STRING, "category of exercise; all: the whole session"),
        Column("unit", Kind.STRING, "unit of both numbers"),
        Column("planned", Kind.NUMBER, "as planned", may_be_absent=True),
        Column("delivered", Kind.NUMBER, "as delivered", may_be_absent=True),
        Column("coverage", Kind.NUMBER, "share of the planned time heard", may_be_absent=True),
        Column("flags", Kind.STRING, "what to know beside the number", may_be_absent=True),
        Column("version", Kind.INTEGER, "version of the formula"),
    ),
    key=("session_number", "participant", "metric", "category"),
    refers_to=OF_A_SESSION,
)
WHOLE: Final = "all"


def read(view: StudyView) -> Iterator[Row]:
    """What was worked out; nothing where it wasn't."""
    for held in view.iterate_held():
        found = {} if view.derived is None else read_metrics(view.derived, held.id)
        for pseudonym, code in view.list_people(held):
            metrics = found.get(code, ())
            for one in sorted(metrics, key=lambda one: (one.name, one.category or WHOLE)):
                yield _tell_metric(held, pseudonym, one)


def _tell_metric(held: HeldSession, pseudonym: str, one: Metric) -> dict[str, Cell]:
    flags = ";".join(one.delivered.flags)
    return {
        "session_number": held.number,
        "participant": pseudonym,
        "metric": one.name,
        "category": one.category or WHOLE,
        "unit": one.delivered.unit,
        "planned": tell_value(one.planned),
        "delivered": tell_value(one.delivered),
        "coverage": tell_coverage(one.delivered),
        "flags": flags or Absent("not_applicable"),
        "version": one.delivered.version,
    }
