"""From what was posted to events that mean something: every fault named, none guessed away."""

from typing import Any, Final

import msgspec

from protocol.errors import InvalidMessageError
from protocol.ledger.abouts import About
from protocol.ledger.canonical import normalise_numbers
from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault, InvalidEventsError
from protocol.ledger.instants import clamp_utc_ms, format_utc_ms, parse_utc_ms
from protocol.ledger.kinds import KINDS, Kind
from protocol.ledger.sentences import explain

_ID_SHOWN: Final = 64  # characters of a broken id that are told back


def decode_events(body: bytes) -> list[LedgerEvent]:
    """The events of a JSON list.

    Raises InvalidMessageError when it is no list of objects, InvalidEventsError with a fault for
    every event that isn't valid.
    """
    try:
        rows = msgspec.json.decode(body, type=list[dict[str, Any]])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidMessageError(f"events are posted as a JSON list of objects: {error}") from None
    events: list[LedgerEvent] = []
    faults: list[EventFault] = []
    for row in rows:
        event = decode_posted_event(row)
        if isinstance(event, EventFault):
            faults.append(event)
        else:
            events.append(event)
    if faults:
        raise InvalidEventsError(faults)
    return events


def decode_posted_event(row: dict[str, Any]) -> LedgerEvent | EventFault:
    """One event of a kind that people write, or what is wrong with it."""
    event = decode_event(row)
    if isinstance(event, LedgerEvent) and not KINDS[event.kind].posted:
        return _fault(row, "kind_reserved", f"only the server writes {event.kind}")
    return event


def decode_event(row: dict[str, Any]) -> LedgerEvent | EventFault:
    """One event from its JSON object, or what is wrong with it."""
    row = normalise_numbers(row)
    try:
        event = msgspec.convert(row, LedgerEvent)
        _check_correction(event)
        _check_clock(event)
    except (msgspec.ValidationError, RecursionError) as error:
        return _fault(row, "event_invalid", explain(str(error)))
    kind = KINDS.get(event.kind)
    if kind is None:
        return _fault(row, "kind_unknown", f"no kind of event is called {event.kind[:40]!r}")
    about = kind.about.parse(event.about)
    if about is None:
        sentence = f"a {kind.name} is about {kind.about.words}, not {event.about[:80]!r}"
        return _fault(row, "about_invalid", sentence)
    try:
        _check_value(kind, about, event)
    except msgspec.ValidationError as error:
        sentence = f"{kind.name} of {event.about}: {explain(str(error))}"
        return _fault(row, "value_invalid", sentence)
    return event


def name_participants(event: LedgerEvent) -> set[str]:
    """Codes of everybody whom a valid event speaks of."""
    about = KINDS[event.kind].about.parse(event.about)
    value = event.value or {}
    named = {about.participant if about else None, value.get("participant")}
    named.update(value.get("participants", ()), value.get("start_station", ()))
    return {code for code in named if code is not None}


def _check_correction(event: LedgerEvent) -> None:
    """Raises msgspec.ValidationError."""
    if (event.supersedes is None) != (event.reason is None):
        raise msgspec.ValidationError("a correction gives its reason, and only a correction does")
    if event.value is None and event.supersedes is None:
        raise msgspec.ValidationError("only a correction, as a void, can be without a value")


def _check_clock(event: LedgerEvent) -> None:
    """Raises msgspec.ValidationError for an offset that no clock of 1970 to 2199 can have."""
    wall_ms = parse_utc_ms(event.occurred_at) - (event.clock_offset_ms or 0)
    if wall_ms != (nearest_ms := clamp_utc_ms(wall_ms)):
        raise msgspec.ValidationError(
            f"clock_offset_ms: the tablet's own clock would stand outside 1970 to 2199 "
            f"(nearest {format_utc_ms(nearest_ms)}); give occurred_at with the offset added"
        )


def _check_value(kind: Kind, about: About, event: LedgerEvent) -> None:
    """Raises msgspec.ValidationError."""
    if event.value is None:
        return
    msgspec.convert(event.value, kind.value)
    if kind.name == "set":
        planned = event.value["substituted_for"] or event.value["exercise"]
        if planned != about.exercise or event.value["substituted_for"] == event.value["exercise"]:
            raise msgspec.ValidationError(
                "about names the station's exercise: exercise is the same, or substituted_for is"
            )
        _check_evidence(event)


def _check_evidence(event: LedgerEvent) -> None:
    """A sheet is no better witness than whoever wrote on it. Raises msgspec.ValidationError."""
    if event.source is None or event.value is None:
        return
    by_staff = event.source.written_by is not None
    most = ("observed", "self_report") if by_staff else ("self_report",)
    if event.value["evidence"] not in most:
        raise msgspec.ValidationError(f"evidence: on this sheet it is {' or '.join(most)}")


def _fault(row: dict[str, Any], code: str, message: str) -> EventFault:
    told = row.get("id")
    return EventFault(told[:_ID_SHOWN] if isinstance(told, str) else None, code, message)
