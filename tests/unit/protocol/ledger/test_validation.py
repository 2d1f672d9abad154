"""Every fault of an event has a code and a sentence; nothing is guessed away."""

import contextlib
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.errors import InvalidMessageError, ProtocolError
from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault, InvalidEventsError
from protocol.ledger.kinds import KINDS
from protocol.ledger.validation import decode_event, decode_events, name_participants
from tests.ledger_entries import (
    SESSION,
    Tablet,
    adverse,
    attending,
    effort,
    logged,
    minute,
    planned,
    signed_off,
    started,
    to_json,
    wearing,
)
from tests.ledger_stories import evenings

STRAP_ID = "01999999-0000-7000-8000-0000000000a1"


def _with(value: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**value, **changes}


def _row(**changes: Any) -> dict[str, Any]:
    return to_json(Tablet().write("attendance", "P01", attending())) | changes


BAD_VALUES: list[tuple[str, str, dict[str, Any], str]] = [
    (
        "rpe",
        "P01/1",
        _with(effort(12), rating=21),
        "21 is no rating of effort: whole numbers 6 to 20 are",
    ),
    ("rpe", "P01/1", _with(effort(12), rating=5), "5 is no rating of effort"),
    (
        "rpe",
        "P01/1",
        _with(effort(12), rating="12"),
        "rating: must be a number or null, got a text",
    ),
    ("rpe", "P01/1", _with(effort(12), rating=12.5), "12.5 is no rating of effort"),
    ("rpe", "P01/1", effort(10.5, scale="cr10"), "10.5 is no rating on 0 to 10"),
    ("rpe", "P01/1", _with(effort(12), missing_reason="away"), "a rating, or a reason"),
    ("set", "P01/sit-to-stand/1", logged("sit-to-stand", -1), "must be a whole number >= 0"),
    ("set", "P01/sit-to-stand/1", logged("sit-to-stand", 10_000), "must be a whole number <= 999"),
    ("set", "P01/sit-to-stand/1", _with(logged("sit-to-stand"), evidence="assumed"), "evidence"),
    ("set", "P01/sit-to-stand/1", logged("tandem-stance"), "about names the station's exercise"),
    ("note", "P01", {"text": ""}, "text"),
    ("note", "P01", {"text": "x" * 501}, "text"),
    ("note", "P01", {"text": "a\x00"}, "control characters"),
    ("note", "P01", {"text": "a", "mood": "good"}, "unknown field `mood`"),
    ("note", "P01", {}, "missing required field `text`"),
    ("attendance", "P01", attending("asleep"), "status"),
    ("room_climate", "start", {"temperature_c": 99, "humidity_pct": 1, "source": "typed"}, "<= 60"),
    ("wearing", STRAP_ID, wearing("P01", "8AA87D20", minute(5), minute(4)), "after from"),
    ("wearing", STRAP_ID, wearing("P01\n", "8AA87D20", minute(5)), "a participant's code"),
    ("wearing", STRAP_ID, wearing("P01", "8aa87d20", minute(5)), "a strap's serial in capitals"),
    (
        "staff_present",
        "sara",
        {"duty": "supervisor", "qualification": None, "missing_reason": None},
        "a qualification, or a missing_reason",
    ),
    ("staff_attendance", "mina", {"status": "away"}, "status"),
    ("plyometric_signoff", "P01", signed_off(ready=False), "a no says from when it counts"),
    (
        "plyometric_signoff",
        "P01",
        signed_off(ready=False, locked_from="2026-02-30T17:00:00.000Z"),
        "is not a time",
    ),
    ("clock_resumed", "clock", {"at": "2026-02-30T17:00:00.000Z"}, "is not a time"),
    ("clock_resumed", "clock", {"at": "2026-11-30T17:00:00Z"}, "must be a UTC time"),
]


@pytest.mark.parametrize(("kind", "about", "value", "said"), BAD_VALUES, ids=lambda x: str(x)[:40])
def test_an_impossible_value_is_refused_by_name(
    kind: str, about: str, value: dict[str, Any], said: str
) -> None:
    fault = decode_event(_row(kind=kind, about=about, value=value))
    assert isinstance(fault, EventFault)
    assert fault.code == "value_invalid"
    assert said in fault.message


BAD_EVENTS: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": "dance"}, "kind_unknown", "no kind of event is called 'dance'"),
    ({"kind": "content_erased"}, "about_invalid", "UUIDv7"),
    ({"about": "P7"}, "about_invalid", "a participant's code, such as P07"),
    ({"about": "P07\n"}, "about_invalid", "a participant's code"),
    ({"id": "1"}, "event_invalid", "UUIDv7"),
    ({"id": "01A22D67-14E0-74AA-AE4A-09BC4A15596C"}, "event_invalid", "in lower case"),
    ({"device_seq": 0}, "event_invalid", "device_seq: must be a whole number >= 1"),
    ({"device_seq": "1"}, "event_invalid", "device_seq"),
    ({"device": "tablet"}, "event_invalid", "16 hexadecimal digits"),
    ({"occurred_at": "yesterday"}, "event_invalid", "must be a UTC time"),
    ({"value": None}, "event_invalid", "only a correction"),
    ({"reason": "because"}, "event_invalid", "only a correction"),
    ({"supersedes": "01a22d67-14e0-74aa-ae4a-09bc4a15596c"}, "event_invalid", "gives its reason"),
    ({"mood": "good"}, "event_invalid", "unknown field `mood`"),
    ({"value": [1]}, "event_invalid", "value"),
    ({"clock_offset_ms": 3_000_000_000_000}, "event_invalid", "own clock would stand outside 1970"),
    (
        {"clock_offset_ms": -4_000_000_000_000, "occurred_at": "2100-01-01T00:00:00.000Z"},
        "event_invalid",
        "own clock would stand outside 1970 to 2199",
    ),
]


@pytest.mark.parametrize(("changes", "code", "said"), BAD_EVENTS, ids=lambda x: str(x)[:40])
def test_an_impossible_event_is_refused_by_name(
    changes: dict[str, Any], code: str, said: str
) -> None:
    fault = decode_event(_row(**changes))
    assert isinstance(fault, EventFault)
    assert fault.code == code
    assert said in fault.message


@pytest.mark.parametrize("key", [one for one in LedgerEvent.__struct_fields__ if one != "paper"])
def test_every_key_of_an_event_is_sent(key: str) -> None:
    row = _row()
    del row[key]
    fault = decode_event(row)
    assert isinstance(fault, EventFault)
    assert f"missing required field `{key}`" in fault.message


def test_every_faulty_event_of_a_post_is_named() -> None:
    rows = [_row(about="P1"), _row(), _row(value={})]
    with pytest.raises(InvalidEventsError) as caught:
        decode_events(msgspec.json.encode(rows))
    assert [fault.code for fault in caught.value.faults] == ["about_invalid", "value_invalid"]
    assert str(caught.value).startswith("2 of the events can't be stored: a attendance is about")


def test_an_event_without_a_readable_id_is_named_by_none() -> None:
    faults = [decode_event(_row(id=wrong)) for wrong in (None, 5, "x" * 200)]
    told = [fault.id for fault in faults if isinstance(fault, EventFault)]
    assert told == [None, None, "x" * 64]


def test_a_void_and_a_correction_are_valid() -> None:
    tablet = Tablet()
    wrong = tablet.write("attendance", "P01", attending())
    posted = [tablet.correct(wrong, None), tablet.correct(wrong, attending("absent"))]
    assert decode_events(msgspec.json.encode([to_json(event) for event in posted])) == posted


def test_whole_numbers_mean_the_same_with_and_without_a_point() -> None:
    """JavaScript has one number: 13.0 and 13 must be the same event."""
    first = decode_event(_row(kind="rpe", about="P01/1", value=effort(13)))
    second = decode_event(_row(kind="rpe", about="P01/1", value=effort(13.0)))
    assert isinstance(first, LedgerEvent)
    assert isinstance(second, LedgerEvent)
    assert repr(first.value) == repr(second.value)


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(deadline=None)
def test_decoding_is_total(body: bytes) -> None:
    with contextlib.suppress(ProtocolError):
        decode_events(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.sampled_from(sorted(KINDS)), JSON)
@settings(deadline=None)
def test_any_value_of_any_kind_is_an_event_or_a_fault(kind: str, value: Any) -> None:
    assert isinstance(decode_event(_row(kind=kind, value=value)), LedgerEvent | EventFault)


@given(evenings(max_size=4))
@settings(deadline=None)
def test_what_was_posted_is_decoded_as_it_is(events: list[LedgerEvent]) -> None:
    assert decode_events(msgspec.json.encode([to_json(event) for event in events])) == events


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"[" * 50_000, b"\xff", b'[{"a":"\\ud800"}]'])
def test_what_is_no_list_of_objects_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidMessageError):
        decode_events(body)


def test_everybody_whom_an_event_speaks_of_is_named() -> None:
    tablet = Tablet()
    plan = tablet.write("session_planned", "session", planned("P01", "P02"))
    clock = tablet.write("clock_started", "clock", started(minute(1), ["a"], {"P03": 0}))
    strap = tablet.write("wearing", STRAP_ID, wearing("P04", "8AA87D20", minute(1)))
    fall = tablet.write("adverse_event", SESSION, adverse("P05"))
    rating = tablet.write("rpe", "P06/1", effort(12))
    gone = tablet.correct(rating, None)
    named = [name_participants(event) for event in (plan, clock, strap, fall, rating, gone)]
    assert named == [{"P01", "P02"}, {"P03"}, {"P04"}, {"P05"}, {"P06"}, {"P06"}]
