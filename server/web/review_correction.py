"""Who really wore a strap: from the form to entries for the ledger. Pure.

An entry is superseded by one that says the same of strap and times, and another participant. In an
exchange so is hers, the other way round. What gateways sent isn't touched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault
from protocol.ledger.instants import parse_utc_ms
from protocol.ledger.uuid7 import RANDOM_BYTES, make_uuid7
from protocol.ledger.validation import decode_event
from server.errors import RuleError
from server.sessions.domain.holding import Holding, Holdings
from server.sessions.server_hand import SERVER_DEVICE
from server.web.limits_form import MAX_TEXT

WEARING: Final = "wearing"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form says. `about` is the interval, `entry` the version that was looked at.

    `wearer` is who really wore it, empty before anybody was chosen.
    """

    about: str
    entry: str = ""
    wearer: str = ""
    is_exchanged: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who writes, when (UTC text), after how many entries of the server's hand, and randomness."""

    actor: str
    now: str
    n_before: int
    random_bytes: bytes


def read_asked(fields: Mapping[str, str]) -> Asked:
    """From a form's fields."""
    return Asked(
        about=fields.get("about", ""),
        entry=fields.get("entry", ""),
        wearer=fields.get("wearer", ""),
        is_exchanged=fields.get("exchange") == "yes",
        reason=" ".join(fields.get("reason", "").split()),
    )


def is_reason(text: str) -> bool:
    """Whether somebody reading it later can learn anything from it."""
    return 0 < len(text) <= MAX_TEXT and text.isprintable()


def find_interval(holdings: Holdings, about: str) -> Holding | None:
    """The strap interval that a form is about."""
    return holdings.fact(WEARING, about)


def find_hers(holdings: Holdings, interval: Holding, wearer: str) -> list[Holding]:
    """Her own other straps in that time: she can't have worn two."""
    return [
        one
        for one in holdings.of_kind(WEARING)
        if one.value["participant"] == wearer
        and one.about != interval.about
        and _overlaps(one.value, interval.value)
    ]


def list_given(holdings: Holdings, interval: Holding, asked: Asked) -> list[tuple[Holding, str]]:
    """Each interval that changes hands, and whose it becomes."""
    given = [(interval, asked.wearer)]
    if asked.is_exchanged:
        hers = find_hers(holdings, interval, asked.wearer)
        given += [(one, str(interval.value["participant"])) for one in hers]
    return given


def make_entries(
    given: Sequence[tuple[Holding, str]],
    versions: Mapping[str, Sequence[str]],
    reason: str,
    hand: Hand,
) -> list[LedgerEvent]:
    """One for each version that is superseded; `versions` are the disputed ones by interval.

    `hand.random_bytes` are ten for each. Raises RuleError for what the ledger doesn't take.
    """
    entries: list[LedgerEvent] = []
    for interval, wearer in given:
        value = {**interval.value, "participant": wearer}
        for version in versions.get(interval.about) or (interval.event.id,):
            entries.append(_make_entry(interval.about, value, version, reason, hand, len(entries)))
    return entries


def _make_entry(  # noqa: PLR0913 (an envelope has as many parts)
    about: str, value: dict[str, Any], supersedes: str, reason: str, hand: Hand, place: int
) -> LedgerEvent:
    own_bytes = hand.random_bytes[place * RANDOM_BYTES : (place + 1) * RANDOM_BYTES]
    row: dict[str, Any] = {
        "id": make_uuid7(parse_utc_ms(hand.now), own_bytes),
        "kind": WEARING,
        "about": about,
        "value": value,
        "actor": hand.actor,
        "device": SERVER_DEVICE,
        "device_seq": hand.n_before + place + 1,
        "occurred_at": hand.now,
        "clock_offset_ms": 0,
        "supersedes": supersedes,
        "reason": reason,
    }
    event = decode_event(row)
    if isinstance(event, EventFault):
        raise RuleError(event.message)
    return event


def _overlaps(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(
        first["until"] is None or first["until"] > second["from"]
        for first, second in ((one, other), (other, one))
    )
