"""Columns of a study that its sessions give: doses of whole courses, and who came to how many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from server.analysis.cells import Cell, Cells
from server.analysis.dose_sessions import DoseSession, list_dose_sessions
from server.analysis.methods.counted import count
from server.analysis.plan import AnalysisPlan
from server.dose.course.course_vector import CourseVector
from server.dose.course.sums import PRORATED_SESSIONS
from server.dose.quantity import Missing, Quantity
from server.errors import MethodError
from server.projection.course_reading import read_course

ATTENDANCE: Final = "sessions_attended"  # the one name that a study has for it


@dataclass(frozen=True, slots=True)
class StudyDoses:
    """`sessions` has code -> what each session gave of the dose named in advance."""

    columns: dict[str, Cells]
    sessions: Mapping[str, tuple[DoseSession, ...]]
    remarks: tuple[str, ...]


def read_study_doses(study: Connection, derived: Connection, plan: AnalysisPlan) -> StudyDoses:
    """Of everybody who is planned in any session; nobody else has a dose.

    Raises MethodError for a dose, or a column of attendance, that the study doesn't have.
    """
    return tell_doses(read_course(study, derived) if plan.doses or plan.attendance else [], plan)


def tell_doses(courses: Sequence[CourseVector], plan: AnalysisPlan) -> StudyDoses:
    """The same of courses that are there. Pure."""
    columns = {name: _take_dose(courses, name, plan) for name in plan.doses}
    remarks = [one for name in plan.doses for one in _tell_prorated(courses, name, plan)]
    if plan.attendance is not None:
        columns[plan.attendance] = _take_attendance(courses, plan)
    sessions = {} if plan.dose is None else _list_sessions(courses, plan.dose)
    return StudyDoses(columns, sessions, tuple(remarks))


def _take_dose(courses: Iterable[CourseVector], name: str, plan: AnalysisPlan) -> Cells:
    return {one.participant: _write_cell(_choose_sum(one, name, plan)) for one in courses}


def _choose_sum(course: CourseVector, name: str, plan: AnalysisPlan) -> Quantity:
    if name not in course.sums:
        raise MethodError(f"no dose is called {name}; there are: {', '.join(course.sums)}")
    told = course.sums[name]
    return told.prorated if plan.dose_sessions == "prorated" else told.total


def _write_cell(told: Quantity) -> Cell:
    return told.value if told.value is not None else str(told.missing)


def _tell_prorated(
    courses: Iterable[CourseVector], name: str, plan: AnalysisPlan
) -> tuple[str, ...]:
    told = [one for one in courses if PRORATED_SESSIONS in _choose_sum(one, name, plan).flags]
    unknown = sum(one.sums[name].n_sessions - one.sums[name].n_known for one in told)
    if not told:
        return ()
    sentence = (
        f"{name} of {count(len(told), 'participant')} counts {count(unknown, 'session')} without a"
        " number like the"
        " others of their week, as the plan says (dose_sessions = prorated)."
    )
    return (sentence,)


def _take_attendance(courses: Sequence[CourseVector], plan: AnalysisPlan) -> Cells:
    if plan.attendance != ATTENDANCE:
        raise MethodError(f"a study's attendance is called {ATTENDANCE}, not {plan.attendance}")
    return {one.participant: _tell_attendance(one, plan.sessions_planned) for one in courses}


def _tell_attendance(course: CourseVector, n_planned: int) -> Cell:
    told = course.attended
    if told.n_planned != n_planned:
        raise MethodError(
            f"the course has {told.n_planned} sessions, and sessions_planned of the analysis plan"
            f" is {n_planned}"
        )
    if told.n_known < told.n_planned:
        return Missing.NOT_RECORDED.value
    return float(told.n_attended)


def _list_sessions(
    courses: Iterable[CourseVector], name: str
) -> dict[str, tuple[DoseSession, ...]]:
    return {one.participant: list_dose_sessions(one, name) for one in courses}
