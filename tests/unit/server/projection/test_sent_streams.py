"""What is decoded of records as the archive has them: of two boots in one run, or all damaged."""

from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.clocks.gateway_clock import GatewayClock
from server.projection.boots import RecordedRuns
from server.projection.sent_streams import Sent
from server.projection.strap_records import StrapKey, StrapRecords

KEY: StrapKey = ("hall", "51ADA001")
BEFORE, AFTER = BootId("boot-1"), BootId("boot-2")
SENT = Sent(RecordedRuns({"hall": {AFTER: GatewayClock(AFTER, 1_000, ())}}, [7]), [KEY[1]], {})


def record(
    seq: int, boot: BootId, payload: str, characteristic: str = "2a37"
) -> NotificationRecord:
    return NotificationRecord(seq, KEY[1], characteristic, boot, seq, 0, bytes.fromhex(payload))


def test_of_a_run_that_spans_a_restart_the_boot_heard_in_the_stretch_is_taken() -> None:
    """Heart rates 72 and 74 and both batteries came in one batch; of boot-1 there is no clock."""
    records = [
        record(1, BEFORE, "0648"),
        record(2, BEFORE, "50", "2a19"),
        record(3, AFTER, "064a"),
        record(4, AFTER, "4f", "2a19"),
    ]
    stream = SENT.decode(KEY, StrapRecords({KEY: records}))
    assert [(one.utc_ns.tolist(), one.hr_bpm.tolist()) for one in stream.hearts] == [([1003], [74])]
    assert stream.battery == ((1004, 79),)


def test_a_strap_whose_records_are_all_damaged_is_told_with_their_number() -> None:
    found = StrapRecords()
    found.note_damaged(KEY, 13)
    assert found.list_keys(KEY[1]) == [KEY]
    assert found.list_keys("51ADA002") == []
    stream = SENT.decode(KEY, found)
    assert (stream.n_damaged, stream.hearts) == (13, ())


def test_a_gateway_none_of_whose_boots_was_heard_sent_nothing_of_the_stretch() -> None:
    stream = SENT.decode(
        ("gym", KEY[1]), StrapRecords({("gym", KEY[1]): [record(1, AFTER, "0648")]})
    )
    assert stream.hearts == ()
