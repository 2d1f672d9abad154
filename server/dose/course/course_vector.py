"""Everything that a course adds up to for one person: the row that she is in a dataset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.dose.adherence.course import Adherence, compute_adherence
from server.dose.course.metrics import COURSE_METRICS, VOLUMES
from server.dose.course.places import Arranged, arrange
from server.dose.course.session import ATTENDANCE, CourseSession
from server.dose.course.sums import CourseSum, divide_sums, sum_course
from server.dose.course.weeks import LoadWeek, list_load_weeks
from server.dose.quantity import Quantity
from server.dose.vector import hash_inputs

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class CourseFrame:
    """What the plan says of every course by it."""

    n_sessions: int
    sessions_per_week: int
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attended:
    """Sessions of the plan that she trained in, `n_made_up` of them by a make-up.

    `n_known`: of so many it is known whether she did; `n_beyond` are more than the plan has.
    """

    n_attended: int
    n_made_up: int
    n_known: int
    n_planned: int
    n_beyond: int


@dataclass(frozen=True, slots=True)
class CourseVector:
    """`sums` are by the name of the session's metric; `observed_shares` by that of the volume.

    `adherence` is of the plan's sessions, completion by category of those that she trained in.
    `sessions` are those that went in, in their order; `inputs_sha256` changes with the inputs of
    every one's metrics.
    """

    participant: str
    version: int
    attended: Attended
    sums: Mapping[str, CourseSum]
    observed_shares: Mapping[str, Quantity]
    weeks: tuple[LoadWeek, ...]
    adherence: Adherence
    sessions: tuple[CourseSession, ...]
    inputs_sha256: str


def assemble_course(
    participant: str, sessions: Sequence[CourseSession], frame: CourseFrame
) -> CourseVector:
    """Of all sessions that are hers, in any order, those ahead too."""
    arranged = arrange(sessions, frame.n_sessions, frame.sessions_per_week)
    places, beyond = arranged.places, arranged.beyond
    sums = {
        name: sum_course(name, one.unit, places, beyond) for name, one in COURSE_METRICS.items()
    }
    records = [one.record for one in places if one.is_over and one.record is not None]
    return CourseVector(
        participant=participant,
        version=VERSION,
        attended=_count_attended(arranged),
        sums=sums,
        observed_shares={
            name: divide_sums(sums[f"{name}_observed"], sums[f"{name}_as_logged"])
            for name in VOLUMES
        },
        weeks=tuple(list_load_weeks(arranged.sessions)),
        adherence=compute_adherence(records, frame.n_sessions, frame.categories),
        sessions=tuple(arranged.sessions),
        inputs_sha256=hash_inputs(_tell_inputs(arranged)),
    )


def _count_attended(arranged: Arranged) -> Attended:
    told = [one.attended for one in arranged.places]
    return Attended(
        n_attended=told.count(True),
        n_made_up=sum(one.is_make_up for one in arranged.places),
        n_known=len(told) - told.count(None),
        n_planned=len(told),
        n_beyond=len(arranged.beyond),
    )


def _tell_inputs(arranged: Arranged) -> list[Any]:
    names = (ATTENDANCE, *COURSE_METRICS)
    return [VERSION] + [
        [
            one.session,
            one.number,
            one.week,
            None if one.day is None else one.day.isoformat(),
            one.is_over,
            [one.metrics[name].inputs_sha256 for name in names if name in one.metrics],
        ]
        for one in arranged.sessions
    ]
