import msgspec
import pytest

from protocol.ledger.event import LedgerEvent, encode_event
from protocol.ledger.faults import EventFault
from protocol.ledger.paper import PaperSource
from protocol.ledger.validation import decode_event
from tests.ledger_entries import Tablet, attending, effort, logged, to_json


def test_an_event_has_one_text_whatever_the_order_of_its_keys() -> None:
    row = to_json(Tablet().write("attendance", "P01", attending()))
    turned = msgspec.convert(dict(reversed(row.items())), LedgerEvent)
    assert encode_event(turned) == encode_event(msgspec.convert(row, LedgerEvent))
    assert encode_event(turned).startswith(b'{"about":"P01","actor":"sara","clock_offset_ms":0,')


def test_every_part_is_part_of_its_identity() -> None:
    event = Tablet().write("rpe", "P01/1", effort(12))
    other = {
        "id": "01a22d67-14e0-74aa-ae4a-09bc4a15596c", "kind": "note", "about": "P01/2",
        "value": effort(13), "actor": "leyla", "device": "b" * 16, "device_seq": 2,
        "occurred_at": "2026-11-30T17:00:00.001Z", "clock_offset_ms": None,
        "supersedes": event.id[:-1] + "0", "reason": "x",
        "paper": PaperSource(sheet="c0fe72655212", page=2, written_by=None),
    }  # fmt: skip
    assert set(other) == set(LedgerEvent.__struct_fields__)
    for name, value in other.items():
        changed = msgspec.structs.replace(event, **{name: value})
        assert encode_event(changed) != encode_event(event), name


def test_an_event_cannot_correct_itself() -> None:
    event = Tablet().write("rpe", "P01/1", effort(12))
    with pytest.raises(ValueError, match="can't correct itself"):
        msgspec.structs.replace(event, supersedes=event.id, reason="x")


PAPER = {"sheet": "c0fe72655212", "page": 2, "written_by": "sara"}


def test_what_no_sheet_stands_behind_keeps_the_bytes_that_it_always_had() -> None:
    """Decision 0048: the text of an entry as it was before there were sheets, written by hand."""
    row = to_json(Tablet().write("note", "P01", {"text": "well"}))
    assert encode_event(msgspec.convert(row, LedgerEvent)).decode() == (
        '{"about":"P01","actor":"sara","clock_offset_ms":0,"device":"aaaaaaaaaaaaaaaa",'
        f'"device_seq":1,"id":"{row["id"]}","kind":"note",'
        '"occurred_at":"2026-11-30T17:00:00.000Z","reason":null,"supersedes":null,'
        '"value":{"text":"well"}}'
    )


def test_a_sheet_is_told_whole_or_not_at_all() -> None:
    row = to_json(Tablet().write("note", "P01", {"text": "well"}))
    read = decode_event({**row, "paper": PAPER})
    assert isinstance(read, LedgerEvent)
    assert read.source == PaperSource(sheet="c0fe72655212", page=2, written_by="sara")
    assert to_json(read)["paper"] == PAPER
    for wrong in (None, {}, {**PAPER, "sheet": "C0FE72655212"}, {**PAPER, "page": 0},
                  {**PAPER, "written_by": ""}, {**PAPER, "photo": "x"}):  # fmt: skip
        assert isinstance(decode_event({**row, "paper": wrong}), EventFault), wrong


def test_a_sheet_is_no_better_witness_than_whoever_wrote_on_it() -> None:
    """Who wrote on paper saw it, or tells of herself; a sensor writes on none."""
    row = to_json(Tablet().write("set", "P01/sit-to-stand/1", logged("sit-to-stand")))
    held = {}
    for writer in ("sara", None):
        for evidence in ("observed", "sensor", "self_report"):
            value = {**row["value"], "evidence": evidence}
            copied = {**row, "value": value, "paper": {**PAPER, "written_by": writer}}
            held[writer, evidence] = isinstance(decode_event(copied), LedgerEvent)
    assert [key for key, is_valid in held.items() if is_valid] == [
        ("sara", "observed"), ("sara", "self_report"), (None, "self_report"),
    ]  # fmt: skip
