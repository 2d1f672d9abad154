"""Each arm: who is in it, who came, what happened to them, and what was measured of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from server.analysis.reporting.facts import ArmFacts, Harms, Presence
from server.analysis.reporting.reading_plan import Counted
from server.analysis.reporting.reading_sessions import hold_by_session
from server.dose.course.session import ATTENDANCE
from server.projection.metric_store import read_named
from server.sessions.domain.safety import fold_adverse_events
from server.study.participant import Arm

Line = Mapping[str, Any]
_HARMS: Final = ("adverse_event", "adverse_event_followup")


@dataclass(frozen=True, slots=True)
class Entered:
    """Her arm now, the day (UTC) of her first entry, and how often her arm was changed."""

    arm: str
    day: date
    n_changes: int


def read_arms(
    study: Connection,
    derived: Connection,
    lines: Sequence[Line],
    entered: Mapping[str, Entered],
    counted: Counted,
) -> tuple[ArmFacts, ...]:
    """Training first; an arm that nobody is in isn't told."""
    came = _read_attendance(derived, lines)
    days = {line["id"]: date.fromisoformat(str(line["planned_start"])[:10])
            for line in lines if line["planned_start"]}  # fmt: skip
    closed = {line["id"] for line in lines if line["state"] == "closed"}
    events = [
        {**one, "is_open": session not in closed}
        for session, holdings in hold_by_session(study, _HARMS).items()
        for one in fold_adverse_events(holdings).values()
    ]
    found = []
    for arm in Arm:
        codes = [code for code, one in entered.items() if one.arm == arm.value]
        if not codes:
            continue
        firsts = {code: _find_first(came, days, code) for code in codes}
        found.append(
            ArmFacts(
                arm=arm.value,
                n=len(codes),
                n_trained=sum(one is not None for one in firsts.values()),
                presence=_count_presence(came, codes),
                harms=_count_harms(events, codes),
                outcomes=counted.by_arm.get(arm.value, {}),
                first_after_d=tuple(
                    (first - entered[code].day).days
                    for code, first in firsts.items()
                    if first is not None
                ),
            )
        )
    return tuple(found)


Came = Mapping[tuple[str, str], bool | None]  # (session, code) -> whether; None: nobody knows


def _read_attendance(derived: Connection, lines: Sequence[Line]) -> Came:
    """In closed sessions: of all who were planned, and whoever else came."""
    closed = [line for line in lines if line["state"] == "closed"]
    came: dict[tuple[str, str], bool | None] = {
        (line["id"], code): None for line in closed for code in line["participants"] or ()
    }
    ids = {line["id"] for line in closed}
    for (session, code), metrics in read_named(derived, (ATTENDANCE,)).items():
        value = metrics[ATTENDANCE].delivered.value
        if session in ids:
            came[session, code] = None if value is None else value > 0
    return came


def _find_first(came: Came, days: Mapping[str, date], code: str) -> date | None:
    attended = (session for (session, whose), did in came.items() if whose == code and did)
    return min((days[one] for one in attended if one in days), default=None)


def _count_presence(came: Came, codes: Sequence[str]) -> Presence:
    known = {*codes}
    counted = Counter(did for (_, code), did in came.items() if code in known)
    return Presence(counted[True], counted[False], counted[None])


def _count_harms(events: Sequence[Mapping[str, Any]], codes: Sequence[str]) -> Harms:
    known = {*codes}
    all_hers = [one for one in events if one["participant"] in known]
    hers = [one for one in all_hers if not one["is_open"]]
    return Harms(
        by_kind=dict(Counter(str(one["what"]) for one in hers)),
        n_people=len({one["participant"] for one in hers}),
        n_serious=sum(one["serious"] is True for one in hers),
        n_unrated=sum(one["serious"] is None for one in hers),
        n_open=len(all_hers) - len(hers),
    )
