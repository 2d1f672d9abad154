"""Everybody's dose over the course, from what is derived of its sessions: nothing more is stored.

A row of an analysis dataset is a `CourseVector`: `one.sums["srpe_load_au"].total` is the dose that
the analysis names, or missing with its reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any, Final

from sqlalchemy import Connection

from protocol.training.plan import TrainingPlan
from server.dose.adherence.records import SessionRecord
from server.dose.course.course_vector import CourseFrame, CourseVector, assemble_course
from server.dose.course.metrics import COURSE_METRICS
from server.dose.course.session import ATTENDANCE, CourseSession
from server.dose.vector import Metric
from server.projection.metric_store import read_named
from server.projection.person_store import read_all_records
from server.sessions.service import list_all_sessions
from server.sessions.study_plans import read_plan_of
from server.study.study_days import read_day
from server.study.time_zone import read_zone

Line = Mapping[str, Any]  # as server.sessions.domain.listing tells it
Key = tuple[str, str]  # session, participant
PlanKey = tuple[str, str]  # name, SHA-256

_NAMES: Final = (ATTENDANCE, *COURSE_METRICS)


@dataclass(frozen=True, slots=True)
class _Derived:
    metrics: Mapping[Key, Mapping[str, Metric]]
    records: Mapping[Key, SessionRecord]


def read_course(study: Connection, derived: Connection) -> list[CourseVector]:
    """A vector a participant who is planned in any session, by code.

    Sessions that no plan has count for nobody, for nothing is derived of them. Whoever trained in
    a session that isn't hers has it as a make-up. Read within one transaction each, so that all
    numbers are of one moment.
    """
    found = _Derived(read_named(derived, _NAMES), read_all_records(derived))
    zone = read_zone(study)
    planned = [line for line in list_all_sessions(study) if line["plan"] is not None]
    codes = {code for line in planned for code in line["participants"]}
    plans = _read_plans(study, planned)
    courses = []
    for code in sorted(codes, key=lambda one: (len(one), one)):
        frame = _find_frame(plans, [line for line in planned if code in line["participants"]])
        sessions = [_make_session(line, code, found, zone) for line in planned]
        hers = [one for one in sessions if one is not None]
        courses.append(assemble_course(code, hers, frame))
    return courses


def _read_plans(study: Connection, planned: Sequence[Line]) -> dict[PlanKey, TrainingPlan | None]:
    """Each once: to parse one takes longer than all of a woman's sums."""
    keys = {(line["plan"], line["plan_sha256"]) for line in planned}
    return {key: read_plan_of(study, *key) for key in keys}


def _find_frame(plans: Mapping[PlanKey, TrainingPlan | None], hers: Sequence[Line]) -> CourseFrame:
    """By the newest plan of her sessions that this study has; else by those that are numbered."""
    for line in reversed(hers):
        plan = plans[line["plan"], line["plan_sha256"]]
        if plan is not None:
            return _make_frame(plan)
    last = max((line["ordinal"] or 0 for line in hers), default=0)
    weeks = max((line["week"] or 1 for line in hers), default=1)
    return CourseFrame(last, max(1, -(-last // weeks)), ())


def _make_frame(plan: TrainingPlan) -> CourseFrame:
    categories = tuple(one.id for one in plan.categories)
    return CourseFrame(plan.n_sessions, plan.course.sessions_per_week, categories)


def _make_session(line: Line, code: str, found: _Derived, zone: tzinfo) -> CourseSession | None:
    """None for one that has nothing to do with her; a make-up that nobody began adds nothing."""
    key = (line["id"], code)
    is_hers = code in line["participants"]
    is_make_up = line["ordinal"] is None or not is_hers
    session = CourseSession(
        number=line["ordinal"],
        week=line["week"],
        session=line["id"],
        day=_read_day(line["planned_start"], zone),
        is_make_up=is_make_up,
        is_over=line["state"] == "closed" and key in found.metrics,
        metrics=found.metrics.get(key, {}),
        record=found.records.get(key),
    )
    if is_hers:
        return None if is_make_up and line["state"] == "planned" else session
    return session if session.attended else None


def _read_day(planned_start: str | None, zone: tzinfo) -> date | None:
    """As the study counts its days."""
    return None if planned_start is None else read_day(planned_start, zone)
