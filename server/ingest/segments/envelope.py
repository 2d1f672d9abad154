"""Chunks of one strap of one stream as one blob, and back: the same rows, byte by byte."""

import hashlib
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import msgspec
import numpy as np

from protocol.messages.digest import digest_encoded, encode_entry
from protocol.messages.uplink import NotificationRecord
from server.ingest.domain.chunk import CHUNKS_PER_RUN, compute_provenance, pack_chunk
from server.ingest.domain.entries import Entry
from server.ingest.segments.codec import SEGMENT_FORMAT, SegmentError, pack_segment, unpack_segment
from server.ingest.segments.integers import pack_integers, unpack_integers

CODEC = SEGMENT_FORMAT  # of everything here: raised with any of it


@dataclass(frozen=True, slots=True)
class ChunkRow:
    """A row of the archive's chunks, as it is or was stored."""

    id: int
    strap: str
    n_records: int
    body: bytes


@dataclass(frozen=True, slots=True)
class PackedChunk:
    """What of a segment was one chunk."""

    id: int
    records: Sequence[NotificationRecord]


class _Envelope(msgspec.Struct, frozen=True, array_like=True):
    """Whose chunks these are, their ids and how many records each has; then all records."""

    codec: int
    gateway: str
    epoch: str
    chunk_ids: bytes
    counts: bytes
    records: bytes


@dataclass(frozen=True, slots=True)
class UnpackedSegment:
    """`chunks` in the order of their ids."""

    gateway: str
    epoch: str
    strap: str
    chunks: tuple[PackedChunk, ...]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Envelope)


def pack_chunks(gateway: str, epoch: str, chunks: Sequence[PackedChunk]) -> bytes:
    """Chunks of one strap in the order of their ids. Raises SegmentError."""
    envelope = _Envelope(
        CODEC,
        gateway,
        epoch,
        pack_integers(np.array([one.id for one in chunks], dtype=np.int64)),
        pack_integers(np.array([len(one.records) for one in chunks], dtype=np.int64)),
        pack_segment([record for one in chunks for record in one.records]),
    )
    return _encoder.encode(envelope)


def unpack_chunks(blob: bytes) -> UnpackedSegment:
    """What was packed. Raises SegmentError."""
    try:
        envelope = _decoder.decode(blob)
        if envelope.codec != CODEC:
            raise SegmentError(f"codec {envelope.codec}, which this program can't read")
        ids = unpack_integers(envelope.chunk_ids).tolist()
        counts = unpack_integers(envelope.counts).tolist()
    except (msgspec.MsgspecError, ValueError) as error:
        raise SegmentError(f"no segment, or a damaged one: {error}") from None
    records = unpack_segment(envelope.records)
    if not records or len(ids) != len(counts) or min(counts) < 1 or sum(counts) != len(records):
        raise SegmentError("no segment, or a damaged one: its chunks don't fit its records")
    ends = list(accumulate(counts))
    parts = zip(ids, ends, counts, strict=True)
    chunks = tuple(PackedChunk(one, records[end - n : end]) for one, end, n in parts)
    return UnpackedSegment(envelope.gateway, envelope.epoch, records[0].strap, chunks)


def restore_rows(segment: UnpackedSegment) -> Iterator[ChunkRow]:
    """The rows that these chunks were, as ingest once made them."""
    for chunk in segment.chunks:
        run_id = chunk.id // CHUNKS_PER_RUN
        provenance = compute_provenance(segment.gateway, segment.epoch, run_id)
        entries = [make_entry(record) for record in chunk.records]
        yield ChunkRow(chunk.id, segment.strap, len(entries), pack_chunk(entries, provenance))


def make_entry(record: NotificationRecord) -> Entry:
    """The record as ingest numbers it."""
    encoded = encode_entry(record)
    digest = digest_encoded(encoded)
    return Entry(record.seq, record.seq, digest, record.strap, False, encoded)


def hash_rows(rows: Sequence[ChunkRow]) -> bytes:
    """SHA-256 over rows, every column of each with its length."""
    content = hashlib.sha256()
    for row in rows:
        strap = row.strap.encode()
        content.update(struct.pack("<QIII", row.id, row.n_records, len(strap), len(row.body)))
        content.update(strap)
        content.update(row.body)
    return content.digest()
