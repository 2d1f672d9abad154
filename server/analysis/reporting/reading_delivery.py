"""How much of the plan reached whoever it was planned for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from server.analysis.reporting.facts import Delivery
from server.dose.adherence.course import is_inside
from server.dose.adherence.records import SessionRecord
from server.dose.volume.sets import DoseSet
from server.dose.volume.threefold import SetState
from server.projection.course_reading import read_course
from server.projection.person_store import read_all_records

Line = Mapping[str, Any]
_NOT_RECORDED: Final = "not_recorded"


def read_delivery(study: Connection, derived: Connection, lines: Sequence[Line]) -> Delivery | None:
    """None where no session is planned for anybody."""
    courses = [one.attended for one in read_course(study, derived)]
    if not courses:
        return None
    closed = {line["id"] for line in lines if line["state"] == "closed"}
    found = read_all_records(derived).items()
    records = [one for (session, _), one in sorted(found, key=_by_key) if session in closed]
    attended = [one for one in records if one.attended]
    sets = [one for record in attended for one in record.sets if not one.is_extra]
    rated = [one for one in attended if one.rating is not None]
    return Delivery(
        n_people=len(courses),
        n_sessions=sum(one.n_planned for one in courses),
        n_attended=sum(one.n_attended for one in courses),
        n_made_up=sum(one.n_made_up for one in courses),
        n_missed=sum(one.n_known - one.n_attended for one in courses),
        n_sets=len(sets),
        n_sets_done=sum(_is_done(one) for one in sets),
        n_sets_observed=sum(_is_done(one) and one.state is SetState.OBSERVED for one in sets),
        n_sets_unknown=sum(one.state is SetState.UNKNOWN for one in sets),
        n_records=len(attended),
        n_rated=len(rated),
        n_rated_inside=sum(_is_inside(one) for one in rated),
        modified=dict(Counter(kind for one in attended for kind in _list_kinds(one))),
        ended_early=dict(
            Counter(
                one.terminated.reason or one.terminated.kind
                for one in attended
                if one.terminated is not None
            )
        ),
        missed_why=dict(
            Counter(one.why or _NOT_RECORDED for one in records if one.attended is False)
        ),
    )


def _by_key(pair: tuple[tuple[str, str], SessionRecord]) -> tuple[str, str]:
    return pair[0]


def _is_done(one: DoseSet) -> bool:
    return one.state.is_done and one.amount != 0


def _is_inside(one: SessionRecord) -> bool:
    return (
        one.rating is not None and one.accepted is not None and is_inside(one.rating, one.accepted)
    )


def _list_kinds(one: SessionRecord) -> list[str]:
    return list(dict.fromkeys(change.kind for change in one.modified))
