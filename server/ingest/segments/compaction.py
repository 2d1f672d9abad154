"""Moves chunks from their rows into segments: written, read again, compared, and only then let go.

All of that is one transaction, so whatever ends it leaves the rows or the segment, never neither.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, func, insert, select

from server.db.database import Database
from server.errors import SegmentUnprovenError
from server.ingest.domain.chunk import CHUNKS_PER_RUN, compute_provenance, unpack_chunk
from server.ingest.segments.codec import SegmentError
from server.ingest.segments.envelope import (
    CODEC,
    ChunkRow,
    PackedChunk,
    UnpackedSegment,
    hash_rows,
    pack_chunks,
    restore_rows,
    unpack_chunks,
)
from server.ingest.segments.grouping import ChunkGroup, group_chunks
from server.ingest.segments.integrity import hash_body
from server.ingest.segments.marking import Choice, iterate_marks
from server.ingest.tables import CHUNKS, RUNS, SEGMENT_PROOFS, SEGMENTS, STREAMS

COMPACTION_LOCK: Final = 0x646F7363  # "dosc": one compaction at a time on a PostgreSQL database
_GROUPS_AT_ONCE: Final = 8  # a tenth of a second, for which uploads wait


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was done; `n_left` chunks are damaged and stay as rows."""

    n_segments: int = 0
    n_chunks: int = 0
    n_records: int = 0
    n_row_bytes: int = 0
    n_segment_bytes: int = 0
    n_left: int = 0

    def __add__(self, other: "Compacted") -> "Compacted":
        return Compacted(
            self.n_segments + other.n_segments,
            self.n_chunks + other.n_chunks,
            self.n_records + other.n_records,
            self.n_row_bytes + other.n_row_bytes,
            self.n_segment_bytes + other.n_segment_bytes,
            self.n_left + other.n_left,
        )


@dataclass(frozen=True, slots=True)
class _Origin:
    stream_id: int
    gateway: str
    epoch: str


@dataclass(frozen=True, slots=True)
class _Packed:
    """Rows, and the segment that will hold them."""

    origin: _Origin
    rows: Sequence[ChunkRow]
    segment: UnpackedSegment
    body: bytes

    @property
    def size(self) -> Compacted:
        n_row_bytes = sum(len(row.body) for row in self.rows)
        n_records = sum(row.n_records for row in self.rows)
        return Compacted(1, len(self.rows), n_records, n_row_bytes, len(self.body))


def compact(study: Database, choice: Choice) -> Compacted:
    """Compact what is chosen. Ended at any point, the next call goes on.

    Raises SegmentUnprovenError; then the rows at hand stay as they are.
    """
    done = Compacted()
    groups = group_chunks(iterate_marks(study, choice))
    while some := [*islice(groups, _GROUPS_AT_ONCE)]:
        with study.writing() as connection:
            if not study.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({COMPACTION_LOCK})")
            for group in some:
                done += _compact_group(connection, group)
    return done


def try_out(study: Database, choice: Choice) -> Compacted:
    """What `compact` would do. Writes nothing."""
    done = Compacted()
    for group in group_chunks(iterate_marks(study, choice)):
        with study.reading() as connection:
            for packed in _pack_group(connection, group):
                done += packed if isinstance(packed, Compacted) else packed.size
    return done


def _compact_group(connection: Connection, group: ChunkGroup) -> Compacted:
    done = Compacted()
    for packed in _pack_group(connection, group):
        if isinstance(packed, Compacted):
            done += packed
            continue
        segment_id = _write(connection, packed)
        _prove(connection, segment_id, packed.rows)
        _let_go(connection, packed.rows)
        done += packed.size
    return done


def _pack_group(connection: Connection, group: ChunkGroup) -> Iterator[_Packed | Compacted]:
    """Segments for the group's rows as they are now; damaged ones end a segment and stay."""
    origin = _read_origin(connection, group.stream_id)
    rows = [ChunkRow(*row) for row in connection.execute(_select_rows(group))]
    if tuple(row.id for row in rows) != group.chunk_ids:
        return  # somebody else compacted them meanwhile
    whole: list[ChunkRow] = []
    chunks: list[PackedChunk] = []
    for row in rows:
        chunk = _read_faithful(row, origin)
        if chunk is not None:
            whole.append(row)
            chunks.append(chunk)
            continue
        yield from _pack(origin, whole, chunks)
        yield Compacted(n_left=1)
        whole, chunks = [], []
    yield from _pack(origin, whole, chunks)


def _pack(
    origin: _Origin, rows: Sequence[ChunkRow], chunks: Sequence[PackedChunk]
) -> Iterator[_Packed | Compacted]:
    if not rows:
        return
    segment = UnpackedSegment(origin.gateway, origin.epoch, rows[0].strap, tuple(chunks))
    try:
        yield _Packed(origin, rows, segment, pack_chunks(origin.gateway, origin.epoch, chunks))
    except SegmentError:
        yield Compacted(n_left=len(rows))


def _read_origin(connection: Connection, stream_id: int) -> _Origin:
    stream = connection.execute(select(STREAMS).where(STREAMS.c.id == stream_id)).one()
    return _Origin(stream.id, stream.gateway, stream.epoch)


def _select_rows(group: ChunkGroup) -> Select[Any]:
    return (
        select(CHUNKS)
        .join(RUNS, RUNS.c.id == CHUNKS.c.id // CHUNKS_PER_RUN)
        .where(CHUNKS.c.id.between(group.chunk_ids[0], group.chunk_ids[-1]))
        .where(CHUNKS.c.strap == group.strap, RUNS.c.stream_id == group.stream_id)
        .order_by(CHUNKS.c.id)
    )


def _read_faithful(row: ChunkRow, origin: _Origin) -> PackedChunk | None:
    """The chunk's records, if the same row can be made of them again."""
    provenance = compute_provenance(origin.gateway, origin.epoch, row.id // CHUNKS_PER_RUN)
    records, _ = unpack_chunk(row.body, row.n_records, row.strap, provenance)
    chunk = PackedChunk(row.id, records)
    segment = UnpackedSegment(origin.gateway, origin.epoch, row.strap, (chunk,))
    is_same = [*restore_rows(segment)] == [row]
    return chunk if is_same and {one.strap for one in records} == {row.strap} else None


def _write(connection: Connection, packed: _Packed) -> int:
    """Returns the segment's id."""
    numbers = [record.seq for chunk in packed.segment.chunks for record in chunk.records]
    segment_id: int = (connection.execute(select(func.max(SEGMENTS.c.id))).scalar() or 0) + 1
    body_sha256, body_crc32 = hash_body(packed.body)
    row = {
        "id": segment_id,
        "stream_id": packed.origin.stream_id,
        "strap": packed.segment.strap,
        "first_chunk": packed.rows[0].id,
        "last_chunk": packed.rows[-1].id,
        "first_seq": min(numbers),
        "last_seq": max(numbers),
        "n_chunks": packed.size.n_chunks,
        "n_records": packed.size.n_records,
        "n_row_bytes": packed.size.n_row_bytes,
        "rows_sha256": hash_rows(packed.rows),
        "codec": CODEC,
        "made_wall_ns": time.time_ns(),
        "body_sha256": body_sha256,
        "body_crc32": body_crc32,
        "body": packed.body,
    }
    connection.execute(insert(SEGMENTS), [row])
    return segment_id


def _prove(connection: Connection, segment_id: int, rows: Sequence[ChunkRow]) -> None:
    """Read the segment from the database again and compare; then note that it was so."""
    stored = connection.execute(select(SEGMENTS).where(SEGMENTS.c.id == segment_id)).one()
    if not _gives_back(stored, rows):
        raise SegmentUnprovenError(
            f"a segment of strap {rows[0].strap} didn't give back the {len(rows)} chunks that it"
            " was made of; they stay as they were. Report this, and go on without 'compact'"
        )
    proof = {
        "segment_id": segment_id,
        "rows_sha256": hash_rows(rows),
        "proven_wall_ns": time.time_ns(),
    }
    connection.execute(insert(SEGMENT_PROOFS), [proof])


def _gives_back(stored: Row[Any], rows: Sequence[ChunkRow]) -> bool:
    if hash_body(stored.body) != (bytes(stored.body_sha256), stored.body_crc32):
        return False
    try:
        restored = [*restore_rows(unpack_chunks(stored.body))]
    except SegmentError:
        return False
    return restored == [*rows]


def _let_go(connection: Connection, rows: Sequence[ChunkRow]) -> None:
    gone = connection.execute(delete(CHUNKS).where(CHUNKS.c.id.in_([row.id for row in rows])))
    if gone.rowcount != len(rows):
        raise SegmentUnprovenError("other rows would have gone than were compared; none did")
