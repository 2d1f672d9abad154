"""Table `analysis`: a row for everybody, with concentrations before and after beside her dose.

What an analysis starts from. Nothing is computed here that it wouldn't have to compute itself: no
change, and no choice of a matrix.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final

from server.dose.course.course_vector import CourseVector
from server.dose.course.metrics import COURSE_METRICS, MAD_DOSE, TRIMP
from server.dose.effort.session_load import SRPE
from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.quantities import tell_coverage, tell_value
from server.export.dataset.sources import participants, samples
from server.export.dataset.sources.keys import PARTICIPANT
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table
from server.study.fields.drawn import ANALYTE_LABELS, MATRICES
from server.study.measurement import TimePoint

_METRICS: Final = (SRPE, TRIMP, MAD_DOSE, "repetitions_as_logged")
_WHEN: Final = {TimePoint.BASELINE: "pre", TimePoint.POST: "post"}
# Of each sample: ending of the column -> (its column in samples, its kind, its unit).
_OF_SAMPLE: Final = {
    "pg_ml": ("value_pg_ml", Kind.NUMBER, "pg/mL"),
    "plate": ("plate", Kind.STRING, ""),
    "flags": ("flags", Kind.STRING, ""),
}
_ARM: Final = next(one for one in participants.TABLE.columns if one.name == "arm")
_LABELS: Final = {one.name: one.label for one in samples.TABLE.columns}
_ATTENDED: Final = "sessions_attended"


def _name(analyte: str, matrix: str, point: str, ending: str) -> str:
    return f"{analyte}_{matrix}_{_WHEN[TimePoint(point)]}_{ending}"


def _list_outcomes() -> Iterator[Column]:
    for analyte, matrix, point in product(ANALYTE_LABELS, MATRICES, TimePoint):
        where = f"{ANALYTE_LABELS[analyte]} in {MATRICES[matrix]}, {point.value}"
        for ending, (of, kind, unit) in _OF_SAMPLE.items():
            name, label = _name(analyte, matrix, point, ending), f"{where}: {_LABELS[of]}"
            yield Column(name, kind, label, unit, may_be_absent=True)


def _list_doses() -> Iterator[Column]:
    yield Column(_ATTENDED, Kind.INTEGER, "sessions of the plan that she trained in",
                 may_be_absent=True)  # fmt: skip
    for name in _METRICS:
        told, unit = COURSE_METRICS[name].formula, COURSE_METRICS[name].unit
        for ending, what in (("", "of all sessions"), ("_prorated", "prorated by the week")):
            yield Column(f"{name}{ending}", Kind.NUMBER, f"{told}; {what}", unit,
                         may_be_absent=True)  # fmt: skip
        yield Column(f"{name}_coverage", Kind.NUMBER, "share of her sessions with a number of it",
                     may_be_absent=True)  # fmt: skip


_OUTCOME_COLUMNS: Final = tuple(_list_outcomes())
_DOSE_COLUMNS: Final = tuple(_list_doses())
OUTCOMES: Final = frozenset(one.name for one in _OUTCOME_COLUMNS)
DOSES: Final = frozenset(one.name for one in _DOSE_COLUMNS)
# By metric the columns that have its number.
NUMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    name: (name, f"{name}_prorated") for name in _METRICS
}
TABLE: Final = Table(
    "analysis",
    "Analysis: a row for each participant, blood before and after beside the dose of the course",
    (PARTICIPANT, _ARM, *_OUTCOME_COLUMNS, *_DOSE_COLUMNS),
    key=("participant",),
    refers_to={"participant": ("participants", "participant")},
)


def read(view: StudyView) -> Iterator[Row]:
    """Everybody, also who never came or was never drawn."""
    drawn: dict[str, dict[str, Cell]] = {}
    for row in samples.read(view):
        drawn.setdefault(str(row["participant"]), {}).update(_tell_sample(row))
    courses = dict(view.courses)
    nothing: dict[str, Cell] = dict.fromkeys(OUTCOMES, Absent("not_recorded"))
    for row in participants.read(view):
        who = str(row["participant"])
        mine = {"participant": who, "arm": row["arm"]}
        yield {**mine, **nothing, **drawn.get(who, {}), **_tell_course(courses.get(who))}


def _tell_sample(row: Row) -> dict[str, Cell]:
    at = (str(row["analyte"]), str(row["matrix"]), str(row["time_point"]))
    return {_name(*at, ending): row[of] for ending, (of, _, _) in _OF_SAMPLE.items()}


def _tell_course(course: CourseVector | None) -> dict[str, Cell]:
    """Whoever is planned in no session has no dose; that isn't a dose of nought."""
    if course is None:
        return dict.fromkeys(DOSES, Absent("not_applicable"))
    cells: dict[str, Cell] = {_ATTENDED: course.attended.n_attended}
    for name in _METRICS:
        told = course.sums[name]
        cells[name] = tell_value(told.total)
        cells[f"{name}_prorated"] = tell_value(told.prorated)
        cells[f"{name}_coverage"] = tell_coverage(told.total)
    return cells
