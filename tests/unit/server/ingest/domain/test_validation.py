"""What a batch must be; every refusal says where."""

from typing import Any

import msgspec
import pytest

from protocol.messages.uplink import GapReason, SentAt, UplinkBatch
from server.errors import InvalidBatchError, NotPermittedError
from server.ingest.domain.validation import validate_batch
from tests.unit.server.batches import EPOCH, GATEWAY, batch, gap, record

# The bounds in their own numbers (promise C4): one that grows must fail here.
MAX_GAP_NUMBERS = 1_000_000
MAX_PAYLOAD_BYTES = 4096


def _changed(**changes: Any) -> UplinkBatch:
    return batch([msgspec.structs.replace(record(1), **changes)])


def _changed_gap(**changes: Any) -> UplinkBatch:
    return batch([msgspec.structs.replace(gap(1, 2), **changes)])


GOOD = [
    batch([]),
    batch([record(1)]),
    batch([record(3), record(9)]),
    batch([gap(4), record(2), record(5), gap(1)]),
    batch([gap(1, MAX_GAP_NUMBERS)]),
    _changed(characteristic="gateway/link"),
    _changed(characteristic="read/2a19"),
    _changed(characteristic="fb005c82-02e7-f387-1cad-8acd2d8df0c8"),
    _changed(payload=b""),
    _changed(payload=bytes(MAX_PAYLOAD_BYTES)),
    _changed(wall_ns=0),
    # Wall clocks step back; that's no reason to refuse what the monotonic clock measured.
    _changed_gap(from_ns=10, to_ns=5),
    _changed_gap(boot_id=None, from_monotonic_ns=None, to_monotonic_ns=None),
    _changed_gap(record_hash=bytes(8), reason="quarantined", characteristic="2a37"),
    *[_changed_gap(reason=reason.value) for reason in GapReason],
    _changed_gap(reason="known_to_newer_gateways"),
]


@pytest.mark.parametrize("good", GOOD)
def test_a_batch_of_ours_passes(good: UplinkBatch) -> None:
    validate_batch(good, GATEWAY)


BAD = [
    (batch([record(1)], epoch=""), "epoch"),
    (batch([record(1)], epoch=EPOCH * 2), "epoch"),
    (batch([record(2), record(1)]), "ascend"),
    (batch([record(2), record(2)]), "ascend"),
    (batch([record(2), gap(1, 3)]), "one record or to one gap"),
    (batch([gap(1, 3), gap(3, 4)]), "one record or to one gap"),
    (batch([gap(3, 2)]), "gap 3"),
    (batch([gap(1, MAX_GAP_NUMBERS + 1)]), "gap 1"),
    (batch([record(0)]), "at least 1"),
    (batch([record(1)], sent=SentAt("x" * 65, 1, 1)), "boot id"),
    (_changed(seq=2**63), "first_seq"),
    (msgspec.structs.replace(batch([record(5)]), first_seq=6), "first_seq"),
    (_changed(strap="51ada001"), "capitals"),
    (_changed(strap="=1+1"), "record 1"),
    (_changed(characteristic=""), "record 1"),
    (_changed(characteristic="a" * 65), "record 1"),
    (_changed(characteristic="2a37/"), "record 1"),
    (_changed(characteristic="=cmd"), "record 1"),
    (_changed(boot_id=""), "boot id"),
    (_changed(boot_id="x\ny"), "boot id"),
    (_changed(monotonic_ns=-1), "monotonic_ns"),
    (_changed(monotonic_ns=2**63), "monotonic_ns"),
    (_changed(wall_ns=-1), "wall_ns"),
    (_changed(payload=bytes(MAX_PAYLOAD_BYTES + 1)), "payload"),
    (_changed_gap(strap=""), "gap 1"),
    (_changed_gap(reason=""), "no reason"),
    (_changed_gap(reason="=1+1"), "no reason"),
    (_changed_gap(reason="a" * 33), "no reason"),
    (_changed_gap(from_ns=-1), "from_ns"),
    (_changed_gap(to_monotonic_ns=None), "pair"),
    (_changed_gap(boot_id=None), "boot id"),
    (_changed_gap(from_monotonic_ns=9, to_monotonic_ns=8), "ends before"),
    (_changed_gap(to_monotonic_ns=2**63), "to_monotonic_ns"),
    (_changed_gap(characteristic="Ä"), "gap 1"),
    (_changed_gap(boot_id=" "), "boot id"),
    (_changed_gap(record_hash=b"short"), "record_hash"),
]


@pytest.mark.parametrize(("bad", "word"), BAD)
def test_anything_else_is_refused_with_its_place(bad: UplinkBatch, word: str) -> None:
    with pytest.raises(InvalidBatchError, match=word):
        validate_batch(bad, GATEWAY)


def test_f12_a_batch_of_another_gateway_is_not_permitted() -> None:
    with pytest.raises(NotPermittedError, match="'gym'"):
        validate_batch(batch([record(1)], gateway="other"), GATEWAY)


@pytest.mark.parametrize(
    "bad",
    [
        _changed(strap="x" * 100_000),
        _changed(characteristic="x" * 100_000),
        _changed(boot_id="x" * 100_000),
        _changed_gap(reason="x" * 100_000),
        batch([record(1)], epoch="x" * 100_000),
        batch([record(1)], gateway="x" * 100_000),
    ],
)
def test_c4_a_refusal_quotes_a_line_of_what_was_sent_at_most(bad: UplinkBatch) -> None:
    with pytest.raises((InvalidBatchError, NotPermittedError)) as refused:
        validate_batch(bad, GATEWAY)
    assert len(str(refused.value)) < 200
