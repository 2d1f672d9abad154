"""What storing some events would add to the ledger, worked out without the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from protocol.ledger.canonical import encode_canonical
from protocol.ledger.event import LedgerEvent, encode_event
from server.sessions.chain import SALT_BYTES, Head, commit_content, extend_chain
from server.sessions.stored import StoredEvent, make_envelope

Salts = Callable[[int], bytes]  # that many random bytes


class Result(StrEnum):
    """What became of a posted event; all of them mean that it is stored and may be forgotten."""

    NEW = "new"
    KNOWN = "known"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`n` is the event's place in the ledger; of an id used twice, the first one's."""

    id: str
    result: Result
    n: int


@dataclass(frozen=True, slots=True)
class Posting:
    """Valid events for one session, when they came (UTC text) and who was signed in."""

    session: str
    events: Sequence[LedgerEvent]
    recorded_at: str
    recorded_by: str


@dataclass(slots=True)
class Addition:
    """Rows to insert, in the order of their tables' columns, and what becomes of each event."""

    head: Head
    events: list[tuple[Any, ...]] = field(default_factory=list)
    values: list[tuple[Any, ...]] = field(default_factory=list)
    stored: list[StoredEvent] = field(default_factory=list)
    asides: list[LedgerEvent] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


def plan_addition(
    posting: Posting, known: Mapping[str, StoredEvent], head: Head, salts: Salts
) -> Addition:
    """Append what is new; know again what is known; keep another event of a known id aside."""
    addition = Addition(head)
    seen = dict(known)
    for event in posting.events:
        stored = seen.get(event.id)
        if stored is None:
            stored = seen[event.id] = _append(addition, event, posting, salts)
            result = Result.NEW
        elif is_same_event(stored, event, posting.session):
            result = Result.KNOWN
        else:
            addition.asides.append(event)
            result = Result.CONFLICT
        addition.outcomes.append(Outcome(event.id, result, stored.n))
    return addition


def is_same_event(stored: StoredEvent, event: LedgerEvent, session: str) -> bool:
    """What was erased can't be compared any more: its id is enough, or it would come back."""
    if stored.session != session:
        return False
    return stored.is_erased or encode_event(stored.event) == encode_event(event)


def mark_conflicts(outcomes: Sequence[Outcome], disputed: set[str]) -> list[Outcome]:
    """New events about which people now disagree are answered as conflicts."""
    return [
        replace(one, result=Result.CONFLICT)
        if one.result is Result.NEW and one.id in disputed
        else one
        for one in outcomes
    ]


def _append(addition: Addition, event: LedgerEvent, posting: Posting, salts: Salts) -> StoredEvent:
    envelope = make_envelope(posting.session, event, posting.recorded_at, posting.recorded_by)
    salt = salts(SALT_BYTES)
    commitment = commit_content(salt, event.value, event.reason)
    addition.head = head = extend_chain(addition.head, envelope, commitment)
    envelope_text = encode_canonical(envelope).decode()
    names = (head.n, event.id, posting.session, event.kind, event.about)
    addition.events.append((*names, envelope_text, commitment, head.hash))
    value_text = encode_canonical(event.value).decode()
    addition.values.append((head.n, salt, value_text, event.reason))
    stored = StoredEvent(head.n, posting.session, event, posting.recorded_at, posting.recorded_by)
    addition.stored.append(stored)
    return stored
