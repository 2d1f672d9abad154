"""What the ledger says of sessions as a whole: how many, when, which room, who was there."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from server.analysis.reporting.facts import SessionFacts
from server.sessions.domain.holding import Holding, Holdings, hold_events
from server.sessions.ledger import read_events_of_kinds

if TYPE_CHECKING:
    from protocol.ledger.event import LedgerEvent

Line = Mapping[str, Any]
_KINDS: Final = ("staff_present", "room_climate", "readiness")


def hold_by_session(study: Connection, kinds: Collection[str]) -> dict[str, Holdings]:
    """What holds of some kinds, session by session, in the ledger's order."""
    events: dict[str, list[LedgerEvent]] = {}
    for one in read_events_of_kinds(study, kinds):
        events.setdefault(one.session, []).append(one.event)
    return {session: hold_events(some) for session, some in events.items()}


def read_sessions(study: Connection, lines: Sequence[Line]) -> SessionFacts:
    """Of all sessions; rooms and staff of whatever was entered."""
    held = hold_by_session(study, _KINDS)
    closed = [line for line in lines if line["state"] == "closed"]
    days = [date.fromisoformat(line["planned_start"][:10]) for line in closed
            if line["planned_start"]]  # fmt: skip
    sizes = [len(line["participants"]) for line in lines if line["participants"]]
    room = [one.value["temperature_c"] for one in _all(held, "room_climate")]
    staff = _all(held, "staff_present")
    duties = {(one.about, one.value["duty"]) for one in staff}
    return SessionFacts(
        n_planned=len(lines),
        n_closed=len(closed),
        n_open=sum(line["state"] == "running" for line in lines),
        first=min(days, default=None),
        last=max(days, default=None),
        people=(min(sizes), max(sizes)) if sizes else None,
        room_c=(min(room), max(room)) if room else None,
        n_room=len(room),
        n_readiness=len(_all(held, "readiness")),
        n_supervisors=sum(duty == "supervisor" for _, duty in duties),
        n_assistants=sum(duty == "assistant" for _, duty in duties),
        qualifications=_count_qualifications(staff),
    )


def _count_qualifications(staff: Sequence[Holding]) -> dict[str, int]:
    """How many people were said to have each; whose nobody wrote down is told as such."""
    said = {(one.about, one.value["qualification"]) for one in staff}
    with_one = {about for about, words in said if words is not None}
    told = [words for about, words in said if words is not None or about not in with_one]
    return dict(Counter("not recorded" if one is None else str(one) for one in told))


def _all(held: Mapping[str, Holdings], kind: str) -> list[Holding]:
    return [one for holdings in held.values() for one in holdings.of_kind(kind)]
