"""Everybody's course as JSON. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from server.dose.adherence.course import Adherence
from server.dose.course.course_vector import CourseVector
from server.dose.course.metrics import COURSE_METRICS
from server.projection.derived_study import Standing
from server.web.dose_words import tell_when

_CONVENTIONS: Mapping[str, str] = {
    "sum": "over the plan's sessions and what was made up; a missed session is 0; one session"
    " without a number leaves no total",
    "known_sum": "of n_known of n_sessions: a lower bound",
    "prorated": "a session without a number counts like the others of its week; only where less"
    " than a fifth of the sessions that she may have trained in has none",
    "week": "seven days from the course's first session",
    "sd": "of seven days, rest days as 0, n - 1; with n in the fields that end in _n",
    "completion": "sum of min(done, prescribed) over sum of prescribed, of sessions attended",
}


def view_courses(courses: Sequence[CourseVector], standing: Standing) -> dict[str, Any]:
    """A missing value is null, and `missing` says why."""
    as_of = standing.as_of_wall_ns
    return {
        "worked_out_at": None if as_of is None else tell_when(as_of),
        "is_behind": standing.is_behind,
        "conventions": dict(_CONVENTIONS),
        "participants": [_view_course(one) for one in courses],
    }


def _view_course(course: CourseVector) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(
        {
            "participant": course.participant,
            "version": course.version,
            "attended": course.attended,
            "sums": dict(course.sums),
            "observed_shares": dict(course.observed_shares),
            "weeks": course.weeks,
            "inputs_sha256": course.inputs_sha256,
        }
    )
    for name, one in told["sums"].items():
        one["formula"] = COURSE_METRICS[name].formula
    return {**told, "adherence": _view_adherence(course.adherence)}


def _view_adherence(adherence: Adherence) -> dict[str, Any]:
    """`completion` is a list: its keys are two."""
    told: dict[str, Any] = msgspec.to_builtins(
        {
            "attendance": adherence.attendance,
            "rpe_compliance": adherence.rpe_compliance,
            "overall": adherence.overall,
            "relative_dose_intensity": dict(adherence.relative_dose_intensity),
            "tolerance": adherence.tolerance,
            "completion": [
                {"category": category, "unit": unit, "share": one.share, "excess": one.excess}
                for (category, unit), one in adherence.completion.items()
            ],
        }
    )
    return told
