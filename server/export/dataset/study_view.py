"""The study as an export reads it: in one order, with pseudonyms, each session folded once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from protocol.ledger.event import LedgerEvent
from server.dose.course.course_vector import CourseVector
from server.dose.volume.sets import DoseSet
from server.dose.written.assembling import assemble_written_dose
from server.dose.written.evening import WrittenEvening, fold_evening
from server.projection.course_reading import read_course
from server.projection.session_inputs import SessionInputs, read_session_inputs
from server.sessions.service import list_all_sessions
from server.study.participant import Participant
from server.study.participants import read_participants
from server.study.study_days import count_study_day, find_first_day, read_day
from server.study.time_zone import read_zone, read_zone_name

NameArm = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session of the list; `number` counts all of them by when they were planned, from 1."""

    number: int
    line: Mapping[str, Any]
    inputs: SessionInputs
    evening: WrittenEvening

    @property
    def id(self) -> str:
        return str(self.line["id"])

    @property
    def events(self) -> Sequence[LedgerEvent]:
        return self.inputs.events

    @property
    def copied(self) -> frozenset[str]:
        """Ids of entries that were copied from a printed sheet."""
        return frozenset(one.id for one in self.events if one.source is not None)

    def list_sets(self, code: str) -> Sequence[DoseSet]:
        """Her sets as dose takes them; none where the session's plan isn't in the study."""
        if self.inputs.plan is None:
            return ()
        plan, planned = self.inputs.plan, self.inputs.planned
        return assemble_written_dose(self.evening, code, plan, planned).sets


@dataclass
class StudyView:
    """One snapshot of a study and what was derived of it.

    `name_person` makes the recipient's pseudonym of a code; `at` (UTC text) is the moment that
    running sessions are told of; `derived` None: nothing was worked out.
    """

    study: Connection
    derived: Connection | None
    name_person: Callable[[str], str]
    at: str
    _folded: dict[str, HeldSession] = field(default_factory=dict)

    @cached_property
    def participants(self) -> list[Participant]:
        """Everybody, in the order of their pseudonyms: no order of enrolment shows."""
        found = read_participants(self.study)
        return sorted(found, key=lambda one: self.name_person(one.code))

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """Every session that was planned, by when."""
        planned = [one for one in list_all_sessions(self.study) if one["planned_start"]]
        return sorted(planned, key=lambda one: (one["planned_start"], one["id"]))

    @cached_property
    def first_day(self) -> date | None:
        return find_first_day((str(one["planned_start"]) for one in self.lines), self.zone)

    @cached_property
    def time_zone(self) -> str | None:
        """The study's own, None where nobody has said one."""
        return read_zone_name(self.study)

    @cached_property
    def zone(self) -> tzinfo:
        """In which study days are counted. Raises SettingsError for one unknown here."""
        return read_zone(self.study)

    @cached_property
    def courses(self) -> list[tuple[str, CourseVector]]:
        """(pseudonym, course) of whoever is planned in any session, by pseudonym."""
        if self.derived is None:
            return []
        found = read_course(self.study, self.derived)
        told = [(self.name_person(one.participant), one) for one in found]
        return sorted(told, key=lambda pair: pair[0])

    def count_day(self, line: Mapping[str, Any]) -> int:
        """The study day of a session."""
        return self.count_date(self.read_day(line))

    def read_day(self, line: Mapping[str, Any]) -> date:
        """The date of a session."""
        return read_day(str(line["planned_start"]), self.zone)

    def count_date(self, day: date) -> int:
        """The study day of a date; 1 where there is no session to count from."""
        return count_study_day(self.first_day or day, day)

    def iterate_held(self) -> Iterator[HeldSession]:
        """Sessions that began, in their order."""
        for number, line in enumerate(self.lines, start=1):
            if line["state"] != "planned":
                yield self._fold(number, line)

    def list_people(self, held: HeldSession) -> list[tuple[str, str]]:
        """(pseudonym, code) of whoever was planned or is spoken of, by pseudonym."""
        known = {one.code for one in self.participants}
        codes = {*(held.line["participants"] or ()), *held.evening.state["people"]} & known
        return sorted((self.name_person(code), code) for code in codes)

    def _fold(self, number: int, line: dict[str, Any]) -> HeldSession:
        if line["id"] not in self._folded:
            inputs = read_session_inputs(self.study, self.lines, line)
            evening = fold_evening(inputs.events, self.at)
            self._folded[line["id"]] = HeldSession(number, line, inputs, evening)
        return self._folded[line["id"]]
