import msgspec
import pytest

from protocol.ledger.event import LedgerEvent, encode_event
from tests.ledger_entries import Tablet, attending, effort, to_json


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
    }  # fmt: skip
    assert set(other) == set(LedgerEvent.__struct_fields__)
    for name, value in other.items():
        changed = msgspec.structs.replace(event, **{name: value})
        assert encode_event(changed) != encode_event(event), name


def test_an_event_cannot_correct_itself() -> None:
    event = Tablet().write("rpe", "P01/1", effort(12))
    with pytest.raises(ValueError, match="can't correct itself"):
        msgspec.structs.replace(event, supersedes=event.id, reason="x")
