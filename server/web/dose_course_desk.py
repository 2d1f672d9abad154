"""Reads what the course's dose is shown from."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.dose.course.course_vector import CourseVector
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.projection.course_reading import read_course
from server.projection.derived_study import DerivedStudy, Standing
from server.projection.session_store import read_built
from server.sessions.service import list_all_sessions
from server.web.derived_reading import PAGE_WAIT_S, date_standing, read_signs
from server.web.dose_course_json import view_courses
from server.web.dose_course_view import CourseWords, view_course
from server.web.dose_matrix import Study
from server.web.dose_view import PageFrame, tell_empty, tell_to_come, tell_worked_out
from server.web.pages import make_page


@dataclass(frozen=True, slots=True)
class _Read:
    """All of one moment of the study, and of one of what is derived."""

    courses: list[CourseVector]
    study: Study
    standing: Standing


class DoseCourseDesk:
    """Shows the page and the same as data. Thread-safe; it writes nothing to the study."""

    def __init__(
        self, study: Database, derived: DerivedStudy, wall_ns: Callable[[], int] = time.time_ns
    ) -> None:
        self._study = study
        self._derived = derived
        self._wall_ns = wall_ns

    def show(self, person: CurrentPerson) -> HTMLResponse:
        """The page, of as late as a moment's waiting gives."""
        read = self._read()
        words = CourseWords(
            worked_out=tell_worked_out(read.standing),
            to_come=tell_to_come(read.study, read.standing),
            empty=tell_empty(read.study),
        )
        frame = PageFrame(person.name, has_simulated_strap(self._study), read.standing, None)
        return make_page(view_course(read.courses, read.study.signs, frame, words))

    def read_courses(self) -> dict[str, Any]:
        """Everybody's course vector as JSON."""
        read = self._read()
        return view_courses(read.courses, read.standing)

    def _read(self) -> _Read:
        standing = self._derived.catch_up(PAGE_WAIT_S)
        with (
            self._study.reading() as study,
            self._derived.derived.reading() as derived,
        ):
            courses = read_course(study, derived)
            built = read_built(derived)
            around = Study(
                lines=list_all_sessions(study),
                signs=read_signs(study),
                metrics={},
                now=format_utc_ms(self._wall_ns() // 1_000_000),
                built=frozenset(built),
            )
        return _Read(courses, around, date_standing(standing, built))
