"""Whether a woman may be given what is locked until somebody has signed that she is ready."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import parse_utc_ms
from server.sessions.domain.chains import Thing, find_things
from server.sessions.domain.placing import place_events

SIGN_OFF: Final = "plyometric_signoff"


@dataclass(frozen=True, slots=True)
class SignOff:
    """What one session says of a woman's readiness for plyometrics, and since when (UTC ms)."""

    participant: str
    time_ms: int
    ready: bool


def list_signoffs(events: Iterable[LedgerEvent]) -> tuple[SignOff, ...]:
    """What was said in one session, all of whose events are given.

    Where a yes and a no stand side by side and nobody has decided, it was no (decision 0024).
    """
    placed = place_events(events)  # of them all: of one tablet they say together what time it was
    things = find_things([one for one in placed if one.event.kind == SIGN_OFF])
    return tuple(
        SignOff(thing.about, _find_time(thing, words), all(one and one["ready"] for one in words))
        for thing in things
        if (words := _list_words(thing))
    )


def is_signed_off(signoffs: Iterable[SignOff], participant: str) -> bool:
    """Whether the last word on her in all sessions was yes: in time, whatever their numbers."""
    own = [one for one in signoffs if one.participant == participant]
    last = max(own, key=lambda one: (one.time_ms, not one.ready), default=None)
    return last is not None and last.ready


def _list_words(thing: Thing) -> list[dict[str, Any] | None]:
    """What is shown, and every version that a person has yet to choose from; a void is no yes."""
    shown = [] if thing.shown is None else [thing.shown]
    return [one.value for one in (*shown, *thing.disputed)]


def _find_time(thing: Thing, words: Iterable[dict[str, Any] | None]) -> int:
    """Where it was first said; of a no in place of a yes, since when the no counts."""
    locked = [parse_utc_ms(one["locked_from"]) for one in words if one and one["locked_from"]]
    return max([thing.root.time_ms, *locked])
