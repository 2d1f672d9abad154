"""The envelope of an event: who wrote what about whom, on which tablet, when, and why."""

from typing import Annotated, Any

import msgspec

from protocol.ledger.canonical import encode_canonical
from protocol.ledger.instants import UtcText, check_utc
from protocol.ledger.paper import PaperSource
from protocol.ledger.words import DeviceId, Text, UserName, Uuid7

MAX_OFFSET_MS = 4_000_000_000_000  # 126 years: a tablet that woke in 1970 met a server of our days
MAX_DEVICE_SEQ = 2**53 - 1  # what JavaScript counts exactly

OffsetMs = Annotated[int, msgspec.Meta(ge=-MAX_OFFSET_MS, le=MAX_OFFSET_MS)]
DeviceSeq = Annotated[int, msgspec.Meta(ge=1, le=MAX_DEVICE_SEQ)]


class LedgerEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One entry, as its maker made it; nothing in it ever changes.

    `occurred_at` is the tablet's best UTC; `clock_offset_ms` is what it had added to its own wall
    clock by then, null while it has never met the server. `value` null voids what is superseded
    (or was erased from the ledger since, and the reason with it). `paper` is there only where the
    entry was copied from a printed sheet; any other has no such key, so its bytes stay as they are.
    """

    id: Uuid7
    kind: str
    about: str
    value: dict[str, Any] | None
    actor: UserName
    device: DeviceId
    device_seq: DeviceSeq
    occurred_at: UtcText
    clock_offset_ms: OffsetMs | None
    supersedes: Uuid7 | None
    reason: Text | None
    paper: PaperSource | msgspec.UnsetType = msgspec.UNSET

    @property
    def source(self) -> PaperSource | None:
        """Where it was copied from; None: it was made where it happened."""
        return None if isinstance(self.paper, msgspec.UnsetType) else self.paper

    def __post_init__(self) -> None:
        check_utc(self.occurred_at)
        if self.supersedes == self.id:
            raise ValueError("an event can't correct itself")


def encode_event(event: LedgerEvent) -> bytes:
    """The event's one text: what the same event is compared by."""
    return encode_canonical(msgspec.to_builtins(event))
