"""What lies in quarantine is believed only if it still has the hash it was stored under."""

import pytest

from protocol.messages.codec import encode_batch
from server.ingest.domain.entries import compute_content_hash, number_entries
from server.ingest.quarantine import QuarantinedUpload, read_upload
from tests.unit.server.batches import EPOCH, GATEWAY, batch, gap, record

BATCH = batch([record(5), gap(9), gap(1, 4)])
BODY = encode_batch(BATCH)
HASH = compute_content_hash(GATEWAY, EPOCH, number_entries(BATCH))


def _read(
    body: bytes, content_hash: bytes = HASH, gateway: str = GATEWAY, epoch: str = EPOCH
) -> QuarantinedUpload:
    return read_upload(gateway, epoch, content_hash, 7, body)


def test_a_whole_body_gives_its_entries_in_their_order() -> None:
    upload = _read(BODY)
    assert (upload.is_damaged, upload.received_wall_ns) == (False, 7)
    assert [archived.record for archived in upload.records] == [record(5)]
    assert [archived.gap for archived in upload.gaps] == [gap(1, 4), gap(9)]
    assert {(one.gateway, one.epoch) for one in upload.records} == {(GATEWAY, EPOCH)}


@pytest.mark.parametrize(
    "upload",
    [
        _read(b""),
        _read(BODY[:-1]),
        _read(BODY.replace(record(5).payload, b"\x10\x06")),
        _read(encode_batch(batch([record(5)]))),
        _read(BODY, bytes(32)),
        _read(BODY, gateway="hall"),
        _read(BODY, epoch="second"),
    ],
)
def test_whatever_does_not_match_is_damaged_and_says_nothing(upload: QuarantinedUpload) -> None:
    assert upload.is_damaged
    assert (upload.records, upload.gaps) == ((), ())
