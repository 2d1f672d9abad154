"""Rows that were packed come back byte by byte."""

import contextlib
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.messages.uplink import NotificationRecord
from server.ingest.domain.chunk import CHUNKS_PER_RUN, compute_provenance, pack_chunk
from server.ingest.domain.entries import number_entries
from server.ingest.segments.codec import SegmentError
from server.ingest.segments.envelope import (
    ChunkRow,
    PackedChunk,
    hash_rows,
    pack_chunks,
    restore_rows,
    unpack_chunks,
)
from tests.unit.server.batches import EPOCH, GATEWAY, STRAPS, batch, record

STRAP = STRAPS[0]
PAYLOADS = st.lists(st.binary(max_size=30), min_size=1, max_size=5)


def store(run_id: int, records: Sequence[NotificationRecord]) -> ChunkRow:
    """As ingest does: numbered from a batch, packed by `pack_chunk`."""
    entries = number_entries(batch(records))
    body = pack_chunk(entries, compute_provenance(GATEWAY, EPOCH, run_id))
    return ChunkRow(run_id * CHUNKS_PER_RUN + 3, STRAP, len(records), body)


@given(st.dictionaries(st.integers(1, 2**40), PAYLOADS, min_size=1, max_size=4))
def test_rows_come_back_byte_by_byte(payloads: dict[int, list[bytes]]) -> None:
    rows, chunks, seq = [], [], 0
    for run_id in sorted(payloads):
        records = [record(seq := seq + 1, payload, STRAP) for payload in payloads[run_id]]
        rows.append(store(run_id, records))
        chunks.append(PackedChunk(rows[-1].id, records))
    restored = [*restore_rows(unpack_chunks(pack_chunks(GATEWAY, EPOCH, chunks)))]
    assert restored == rows
    assert hash_rows(restored) == hash_rows(rows)


@given(st.binary(max_size=80))
def test_any_bytes_are_a_segment_or_refused(blob: bytes) -> None:
    with contextlib.suppress(SegmentError):
        unpack_chunks(blob)


def make_blob() -> bytes:
    chunks = [PackedChunk(n, [record(n, strap=STRAP)]) for n in (1, 2)]
    return pack_chunks(GATEWAY, EPOCH, chunks)


def test_chunks_that_do_not_fit_their_records_are_refused() -> None:
    fields = msgspec.msgpack.decode(make_blob())
    fields[3] = msgspec.msgpack.decode(pack_chunks(GATEWAY, EPOCH, [PackedChunk(1, [record(1)])]))[
        3
    ]
    with pytest.raises(SegmentError, match="chunks don't fit"):
        unpack_chunks(msgspec.msgpack.encode(fields))


def test_another_codec_is_named() -> None:
    fields = msgspec.msgpack.decode(make_blob())
    fields[0] = 9
    with pytest.raises(SegmentError, match="codec 9, which this program can't read"):
        unpack_chunks(msgspec.msgpack.encode(fields))


ROW = ChunkRow(515, STRAP, 2, b"body")


@pytest.mark.parametrize(
    "other",
    [
        ChunkRow(516, STRAP, 2, b"body"),
        ChunkRow(515, STRAPS[1], 2, b"body"),
        ChunkRow(515, STRAP, 1, b"body"),
        ChunkRow(515, STRAP, 2, b"bodi"),
        ChunkRow(515, STRAP + "b", 2, b"ody"),
    ],
)
def test_the_hash_of_rows_sees_every_column(other: ChunkRow) -> None:
    assert hash_rows([ROW]) != hash_rows([other])
