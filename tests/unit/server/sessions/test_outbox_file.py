"""A tablet's file is read whole, or not at all, with a sentence."""

import json
from typing import Any

import pytest

from protocol.errors import InvalidMessageError
from protocol.ledger.event import LedgerEvent
from protocol.ledger.faults import EventFault
from server.sessions.outbox_file import compute_checksum, decode_outbox
from tests.ledger_entries import SESSION, Tablet, attending
from tests.outbox_files import write_outbox

EVENT = Tablet().write("attendance", "P01", attending())


def _file(**changes: Any) -> str:
    content: dict[str, Any] = json.loads(write_outbox([EVENT]))
    return json.dumps(content | changes)


def test_entries_come_in_the_files_order_and_with_their_session() -> None:
    tablet = Tablet()
    events = [tablet.write("note", "P01", {"text": f"{n}"}) for n in range(3)]
    outbox = decode_outbox(write_outbox(events, refused={events[1].id}))
    assert [one.event for one in outbox.entries] == events
    assert {one.session for one in outbox.entries} == {SESSION}
    assert [one.was_refused for one in outbox.entries] == [False, True, False]
    assert (outbox.study, outbox.device) == ("study", EVENT.device)


def test_an_entry_that_breaks_the_vocabulary_is_a_fault_beside_the_others() -> None:
    content = json.loads(write_outbox([EVENT, EVENT]))
    content["entries"][1]["envelope"]["about"] = "P7"
    content["sha256"] = compute_checksum(content["entries"])
    good, bad = (one.event for one in decode_outbox(json.dumps(content)).entries)
    assert isinstance(good, LedgerEvent)
    assert isinstance(bad, EventFault)


def test_the_checksum_is_of_what_javascript_writes() -> None:
    """`JSON.stringify([{"a":"é\\u2028\\ud800\\n","n":36.5}])` through sha256sum."""
    entries = [{"a": "é\u2028\ud800\n", "n": 36.5}]
    told = '[{"a":"é\u2028\\ud800\\n","n":36.5}]'
    import hashlib

    assert compute_checksum(entries) == hashlib.sha256(told.encode()).hexdigest()


def test_a_file_without_checksum_and_study_is_read() -> None:
    """As tablets wrote it before they named both."""
    content = json.loads(write_outbox([EVENT]))
    del content["sha256"], content["study"]
    assert decode_outbox(json.dumps(content)).study is None


BAD: list[tuple[str, str]] = [
    ("", "no whole JSON"),
    (_file()[:-20], "no whole JSON"),
    ("[" * 100_000, "no whole JSON"),
    ("[]", "no tablet of doseline saved it"),
    ('{"name": "package"}', "no tablet of doseline saved it"),
    (_file(doseline_outbox=2), "format 2; this server reads 1"),
    (_file(entries={}), "isn't as a tablet writes it"),
    (_file(entries=[{"session": SESSION, "state": "lost", "envelope": {}}]), "isn't as a tablet"),
    (_file(sha256="0" * 64), "other checksum"),
    (_file().replace('"present"', '"absent"'), "other checksum"),
    (
        _file(sha256=None, entries=[{"session": "1", "state": "sent", "envelope": {}}]),
        "no session has the id '1'",
    ),
]


@pytest.mark.parametrize(("text", "said"), BAD, ids=lambda x: str(x)[:24])
def test_what_is_no_such_file_gets_a_sentence(text: str, said: str) -> None:
    with pytest.raises(InvalidMessageError, match=said):
        decode_outbox(text)
