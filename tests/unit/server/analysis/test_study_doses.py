"""Doses of courses as columns: complete or prorated as the plan says, and who came."""

import msgspec
import pytest

from server.analysis.plan import AnalysisPlan
from server.analysis.study_doses import ATTENDANCE, StudyDoses, tell_doses
from server.dose.course.course_vector import CourseFrame, CourseVector, assemble_course
from server.dose.course.session import CourseSession
from server.dose.quantity import Missing
from server.errors import MethodError
from tests.course_sessions import missed, trained, unknown

PLAN = AnalysisPlan(outcomes=("bdnf",), dose="srpe_load_au", sessions_planned=6)


def _course(*sessions: CourseSession) -> CourseVector:
    return assemble_course("P01", sessions, CourseFrame(6, 3, ()))


# 6 sessions of 2 weeks: one of the first week has no rating, one of the second was missed.
RATED = [trained(n, 100.0 * n) for n in (1, 2, 4, 5)]
HERS = (*RATED, trained(3, Missing.REFUSED), missed(6))


def _tell(plan: AnalysisPlan, *sessions: CourseSession) -> StudyDoses:
    return tell_doses([_course(*sessions)], plan)


def test_a_course_with_an_unrated_session_has_no_complete_dose() -> None:
    told = _tell(PLAN, *HERS)
    assert told.columns == {"srpe_load_au": {"P01": "refused"}}
    assert told.remarks == ()


def test_a_prorated_dose_counts_it_as_the_others_of_its_week_and_says_so() -> None:
    # 100 + 200 and their mean 150, then 400 + 500 and 0 of the one she missed; of 6 sessions of
    # hers 1 has no number: a fifth of 5 would be too many (dose-metrics 11)
    plan = msgspec.structs.replace(PLAN, dose_sessions="prorated")
    told = _tell(plan, *[*HERS[:-1], trained(6, 0.0)])
    assert told.columns == {"srpe_load_au": {"P01": 1350.0}}
    (remark,) = told.remarks
    assert "of 1 participant counts 1 session without a number" in remark


def test_from_a_fifth_without_a_number_on_there_is_no_prorated_dose_either() -> None:
    plan = msgspec.structs.replace(PLAN, dose_sessions="prorated")
    told = _tell(plan, *HERS)  # 1 of the 5 that she trained in
    assert told.columns == {"srpe_load_au": {"P01": "low_coverage"}}


def test_sessions_attended_are_counted_where_all_are_known() -> None:
    plan = msgspec.structs.replace(PLAN, attendance=ATTENDANCE)
    assert _tell(plan, *HERS).columns[ATTENDANCE] == {"P01": 5.0}
    told = _tell(plan, *HERS[:-1], unknown(6))
    assert told.columns[ATTENDANCE] == {"P01": "not_recorded"}


def test_another_number_of_planned_sessions_is_refused() -> None:
    plan = msgspec.structs.replace(PLAN, attendance=ATTENDANCE, sessions_planned=24)
    with pytest.raises(MethodError, match="the course has 6 sessions, and sessions_planned .* 24"):
        _tell(plan, *HERS)
    with pytest.raises(MethodError, match="is called sessions_attended, not came"):
        _tell(msgspec.structs.replace(plan, attendance="came"), *HERS)


def test_each_session_is_told_with_what_was_planned_or_why_it_has_no_number() -> None:
    told = _tell(PLAN, *HERS).sessions["P01"]
    assert [one.number for one in told] == [1, 2, 3, 4, 5, 6]
    assert [one.delivered for one in told] == [100.0, 200.0, None, 400.0, 500.0, 0.0]
    assert [one.planned for one in told] == [100.0] * 6
    assert [one.why for one in told] == [None, None, "refused", None, None, "absent"]
    assert [one.share for one in told] == [1.0, 2.0, None, 4.0, 5.0, 0.0]
