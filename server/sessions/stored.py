"""An event as it lies in the ledger: what the tablet made, and what the server added to it."""

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Row

from protocol.ledger.event import LedgerEvent
from protocol.ledger.paper import PaperSource

# What the envelope of a row holds besides the event's own fields without value and reason.
_ADDED: Final = ("session", "recorded_at", "recorded_by")


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """`n` is its place in the study's ledger; `is_erased`: what it said is gone, by decision."""

    n: int
    session: str
    event: LedgerEvent
    recorded_at: str
    recorded_by: str
    is_erased: bool = False

    @property
    def is_void(self) -> bool:
        """It takes back what it supersedes."""
        return self.event.value is None and not self.is_erased


def make_envelope(
    session: str, event: LedgerEvent, recorded_at: str, recorded_by: str
) -> dict[str, Any]:
    """What the chain holds of an event: everything but what it says."""
    copied = {} if event.source is None else {"paper": msgspec.to_builtins(event.source)}
    return {
        "id": event.id,
        "session": session,
        "kind": event.kind,
        "about": event.about,
        "actor": event.actor,
        "device": event.device,
        "device_seq": event.device_seq,
        "occurred_at": event.occurred_at,
        "clock_offset_ms": event.clock_offset_ms,
        "supersedes": event.supersedes,
        "recorded_at": recorded_at,
        "recorded_by": recorded_by,
        **copied,
    }


def read_stored_event(row: Row[Any]) -> StoredEvent:
    """From a row with `n`, `envelope`, `value` and `reason`, the latter two null when erased.

    Nothing is checked again: what was valid when it was stored stays so.
    """
    envelope = msgspec.json.decode(row.envelope)
    session, recorded_at, recorded_by = (envelope.pop(name) for name in _ADDED)
    is_erased = row.value is None
    value = None if is_erased else msgspec.json.decode(row.value)
    if "paper" in envelope:
        envelope["paper"] = msgspec.convert(envelope["paper"], PaperSource)
    event = LedgerEvent(value=value, reason=row.reason, **envelope)
    return StoredEvent(row.n, session, event, recorded_at, recorded_by, is_erased)
