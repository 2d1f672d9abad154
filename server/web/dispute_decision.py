"""Which of several versions holds: from a trainer's choice to entries for the ledger. Pure.

Nothing is taken away: each other version is superseded by what the kept one says, with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault
from protocol.ledger.instants import parse_utc_ms
from protocol.ledger.uuid7 import RANDOM_BYTES, make_uuid7
from protocol.ledger.validation import decode_event
from server.errors import RuleError
from server.sessions.server_hand import SERVER_DEVICE
from server.web.review_correction import Hand


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form says: of which thing, which version is kept, which were seen, and why."""

    kind: str
    about: str
    seen: tuple[str, ...]
    kept: str
    reason: str


def read_choice(fields: Mapping[str, str]) -> Choice:
    """From a form's fields."""
    return Choice(
        kind=fields.get("kind", ""),
        about=fields.get("about", ""),
        seen=tuple(fields.get("seen", "").split()),
        kept=fields.get("kept", ""),
        reason=" ".join(fields.get("reason", "").split()),
    )


def find_conflict(state: Mapping[str, Any], choice: Choice) -> Mapping[str, Any] | None:
    """The contradiction as it was looked at; None where it was decided or grew meanwhile."""
    for one in state["conflicts"]:
        looked_at = (one["kind"], one["about"], tuple(one["versions"]))
        if looked_at == (choice.kind, choice.about, choice.seen):
            return dict(one)
    return None


def make_decision(conflict: Mapping[str, Any], choice: Choice, hand: Hand) -> list[LedgerEvent]:
    """One entry for each version that isn't kept; `hand.random_bytes` are ten for each.

    Raises RuleError for what the ledger doesn't take.
    """
    versions: Sequence[str] = conflict["versions"]
    value = conflict["values"][versions.index(choice.kept)]
    others = [one for one in versions if one != choice.kept]
    return [_make(choice, value, one, hand, place) for place, one in enumerate(others)]


def _make(
    choice: Choice, value: dict[str, Any] | None, supersedes: str, hand: Hand, place: int
) -> LedgerEvent:
    own_bytes = hand.random_bytes[place * RANDOM_BYTES : (place + 1) * RANDOM_BYTES]
    event = decode_event(
        {
            "id": make_uuid7(parse_utc_ms(hand.now), own_bytes),
            "kind": choice.kind,
            "about": choice.about,
            "value": value,
            "actor": hand.actor,
            "device": SERVER_DEVICE,
            "device_seq": hand.n_before + place + 1,
            "occurred_at": hand.now,
            "clock_offset_ms": 0,
            "supersedes": supersedes,
            "reason": choice.reason,
        }
    )
    if isinstance(event, EventFault):
        raise RuleError(event.message)
    return event
