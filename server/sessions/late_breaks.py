"""A break that a participant asked for, and that came when nobody could mind it any more.

Nobody held her by it and nobody let her go on, so it says nothing of her later sets: those stand as
the trainers saw them. It stays in the ledger at its time, and the server's hand adds that it came
late; with a reason, which she is never asked for, it holds nothing
(`server.sessions.domain.standing`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault
from protocol.ledger.instants import parse_utc_ms
from protocol.ledger.uuid7 import make_uuid7
from protocol.ledger.validation import decode_event
from server.errors import RuleError
from server.sessions.appending import Outcome, Result
from server.sessions.own_entries import Herself
from server.sessions.server_hand import SERVER_DEVICE

LATE_AFTER_S: Final = 120  # a phone tries again at least each half a minute, and a trainer looks up
TOLD_LATE: Final = "told late"
_RANDOM_BYTES: Final = 10


def list_late(
    events: Sequence[LedgerEvent],
    outcomes: Sequence[Outcome],
    roles: Mapping[str, object],
    now: str,
) -> list[LedgerEvent]:
    """Breaks of participants that are new to the ledger at a UTC text, and late. Pure."""
    new = {one.id for one in outcomes if one.result is Result.NEW}
    return [
        one
        for one in events
        if one.id in new and isinstance(roles.get(one.actor), Herself) and _is_late(one, now)
    ]


def note_late(
    held: LedgerEvent, now: str, place: int, chance: Callable[[int], bytes]
) -> LedgerEvent:
    """The same break with the reason why it holds nothing; `place` counts the server's entries."""
    row: dict[str, Any] = {
        "id": make_uuid7(parse_utc_ms(now), chance(_RANDOM_BYTES)),
        "kind": held.kind,
        "about": held.about,
        "value": {**(held.value or {}), "why": TOLD_LATE},
        "actor": held.actor,
        "device": SERVER_DEVICE,
        "device_seq": place,
        "occurred_at": now,
        "clock_offset_ms": 0,
        "supersedes": held.id,
        "reason": "it reached the study when nobody could mind it any more",
    }
    event = decode_event(row)
    if isinstance(event, EventFault):
        raise RuleError(event.message)
    return event


def _is_late(event: LedgerEvent, now: str) -> bool:
    if event.kind != "person_held" or event.value is None:
        return False
    return parse_utc_ms(now) - parse_utc_ms(event.value["at"]) > LATE_AFTER_S * 1000
