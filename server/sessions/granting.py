"""Which entries are whose to make: one table of roles and kinds. Pure.

Anybody may stop somebody; that she goes on is for a trainer to say. So what an assistant held she
can't take back (ux T8, T9). A researcher puts right afterwards who wore which strap (ux R3), and
enters nothing else. What stands on a printed sheet a trainer or a data manager copies; the latter
adds it, beside what is there and over nothing (decision 0048).
"""

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import Final

from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault
from protocol.ledger.kinds import KINDS
from server.people.roles import COPYISTS, Role
from server.sessions.own_entries import Herself, is_own_entry


class Grant(Enum):
    """What a role may do with a kind."""

    ADD = auto()  # and nothing of it can be corrected or taken back
    CORRECT = auto()  # add, correct and take back
    AMEND = auto()  # correct what somebody entered, neither add nor take back
    OWN = auto()  # add about herself alone
    COPY = auto()  # add what a sheet says, take nothing back and put nothing in its place


# What a sheet has a place for.
SHEET_KINDS: Final = (
    "attendance",
    "readiness",
    "wearing",
    "set",
    "rpe",
    "session_rpe",
    "adverse_event",
    "person_held",
    "person_resumed",
    "room_climate",
    "note",
)
RIVAL_ACT: Final = "attendance"  # of which a sheet that says otherwise makes two versions


GRANTS: Final[Mapping[Role, Mapping[str, Grant]]] = MappingProxyType(
    {
        Role.TRAINER: {kind.name: Grant.CORRECT for kind in KINDS.values() if kind.posted},
        Role.ASSISTANT: {
            "rpe": Grant.CORRECT,
            "session_rpe": Grant.CORRECT,
            "adverse_event": Grant.CORRECT,
            "adverse_event_followup": Grant.CORRECT,
            "person_held": Grant.ADD,  # she is stopped as soon as her tile is tapped
            "server_met": Grant.ADD,  # her phone's clock, compared by itself
            "clock_held": Grant.ADD,  # a fall, a faint, a chest: the clock waits for all
            "staff_present": Grant.OWN,  # that she is there, once her PIN was entered
            "staff_attendance": Grant.OWN,  # that she goes before the end, or is back
        },
        Role.RESEARCHER: {"wearing": Grant.AMEND},
        Role.DATA_MANAGER: dict.fromkeys(SHEET_KINDS, Grant.COPY),
    }
)


def is_granted(role: object, event: LedgerEvent) -> bool:
    """Whether somebody of this role, or a participant herself, may make this entry."""
    if isinstance(role, Herself):
        return event.source is None and is_own_entry(role, event)
    grant = GRANTS[role].get(event.kind) if isinstance(role, Role) and role in GRANTS else None
    if event.source is not None and (role not in COPYISTS or event.kind not in SHEET_KINDS):
        return False
    if grant is Grant.COPY:
        return is_beside(event)
    if grant is Grant.AMEND:
        return event.supersedes is not None and event.value is not None
    if event.supersedes is not None or grant is None:
        return grant is Grant.CORRECT
    return grant is not Grant.OWN or event.about == event.actor


def is_beside(event: LedgerEvent) -> bool:
    """Whether a copy decides nothing: it is new, or one of two rivals in the place of an act."""
    if event.supersedes is None:
        return event.source is not None
    return event.kind == RIVAL_ACT and event.value is not None


def find_ungranted(
    events: Iterable[LedgerEvent], roles: Mapping[str, object]
) -> dict[str, EventFault]:
    """By its id: why an entry isn't its actor's to make. `roles` by user name."""
    return {
        event.id: _tell_ungranted(event, roles.get(event.actor))
        for event in events
        if not is_granted(roles.get(event.actor), event)
    }


def _tell_ungranted(event: LedgerEvent, role: object) -> EventFault:
    if isinstance(role, Herself):
        sentence = f"{event.kind} of {event.about[:40]}: this isn't for a participant to enter"
        return EventFault(event.id, "not_granted", sentence)
    who = f"{event.actor} is {role.value if isinstance(role, Role) else 'nobody'} here"
    may = "only trainers and assistants enter anything"
    if event.source is not None:
        may = "a trainer or a data manager copies what stands on a printed sheet"
        return EventFault(event.id, "not_granted", f"{who}: {may}")
    if role is Role.DATA_MANAGER:
        may = "a data manager copies printed sheets"
    if role is Role.RESEARCHER:
        may = "a researcher corrects who wore which strap"
    if role is Role.ASSISTANT:
        may = "an assistant enters effort and events, and may stop somebody"
    return EventFault(event.id, "not_granted", f"{who}: {may}; {event.kind} is for a trainer")
