"""Chunks of the archive, wherever they lie: as rows, or in the segments that hold closed sessions.

Everybody who reads notifications reads them here; nobody else looks at either table.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from protocol.messages.uplink import NotificationRecord
from server.ingest.domain.chunk import (
    CHUNKS_PER_RUN,
    Damage,
    read_index,
    unpack_characteristic,
    unpack_chunk,
)
from server.ingest.domain.entries import StoredEntry
from server.ingest.tables import CHUNK_IS_IN_RUN, CHUNKS, MAX_SEGMENT_SPAN, RUNS, SEGMENTS


class StoredRun(Protocol):
    """A row of RUNS, whatever else it has."""

    @property
    def id(self) -> int: ...
    @property
    def stream_id(self) -> int: ...


class StoredChunk(Protocol):
    """What one run has of one strap. Nothing damaged is given as if it were whole."""

    @property
    def id(self) -> int: ...
    @property
    def run_id(self) -> int: ...
    @property
    def strap(self) -> str: ...

    def read_records(self, provenance: bytes) -> tuple[list[NotificationRecord], list[Damage]]:
        """Every record whose bytes match their hash, and every one whose don't."""

    def read_characteristic(
        self, provenance: bytes, characteristic: str
    ) -> list[NotificationRecord]:
        """Records of one characteristic whose bytes match their hash."""

    def read_entries(self) -> Iterable[StoredEntry]:
        """Numbers and hashes of its records."""


@dataclass(frozen=True, slots=True)
class LostSegment:
    """A segment that is damaged beyond repair: what it held is missing from what was read."""

    stream_id: int
    strap: str
    first_run: int
    last_run: int
    n_records: int
    reason: str

    def is_of(self, run: StoredRun) -> bool:
        """Whether it may have held something of a run."""
        return run.stream_id == self.stream_id and self.first_run <= run.id <= self.last_run


@dataclass(frozen=True, slots=True)
class ChunksRead:
    """`chunks` in the order of their ids, which is that of the commits."""

    chunks: Sequence[StoredChunk]
    lost: Sequence[LostSegment] = ()

    def by_run(self) -> dict[int, list[StoredChunk]]:
        """The chunks of each run that has any."""
        sorted_chunks: dict[int, list[StoredChunk]] = {}
        for chunk in self.chunks:
            sorted_chunks.setdefault(chunk.run_id, []).append(chunk)
        return sorted_chunks


@dataclass(frozen=True, slots=True)
class _RowChunk:
    """A chunk as ingest stored it."""

    id: int
    strap: str
    n_records: int
    body: bytes

    @property
    def run_id(self) -> int:
        return self.id // CHUNKS_PER_RUN

    def read_records(self, provenance: bytes) -> tuple[list[NotificationRecord], list[Damage]]:
        return unpack_chunk(self.body, self.n_records, self.strap, provenance)

    def read_characteristic(
        self, provenance: bytes, characteristic: str
    ) -> list[NotificationRecord]:
        return unpack_characteristic(self.body, self.n_records, provenance, characteristic)

    def read_entries(self) -> Iterator[StoredEntry]:
        return read_index(self.body, self.n_records)


def read_chunks(
    connection: Connection, runs: Sequence[StoredRun], straps: Collection[str] | None = None
) -> ChunksRead:
    """All chunks of these runs, or those of some straps.

    Rows first: one that is compacted meanwhile is then met twice, never missed.
    """
    if not runs:
        return ChunksRead(())
    streams = {run.id: run.stream_id for run in runs}
    rows = connection.execute(_select_rows(streams, straps))
    found: dict[int, StoredChunk] = {row.id: _RowChunk(*row) for row in rows}
    lost: list[LostSegment] = []
    for segment in connection.execute(_select_segments(streams, straps)):
        for chunk in _open(segment, streams, lost):
            found.setdefault(chunk.id, chunk)
    return ChunksRead([found[chunk_id] for chunk_id in sorted(found)], lost)


def estimate_segment_bytes(connection: Connection, runs: Sequence[StoredRun]) -> dict[int, float]:
    """About how many bytes of each run's chunks lie in segments: the mean of each segment."""
    if not runs:
        return {}
    streams = {run.id: run.stream_id for run in runs}
    estimated: dict[int, float] = {}
    for stream_id in set(streams.values()):
        ids = sorted(run_id for run_id, its_stream in streams.items() if its_stream == stream_id)
        change = [0.0] * (len(ids) + 1)
        for row in connection.execute(_select_sizes(dict.fromkeys(ids, stream_id))):
            of_chunk = row.n_row_bytes / row.n_chunks
            change[bisect_left(ids, row.first_chunk // CHUNKS_PER_RUN)] += of_chunk
            change[bisect_right(ids, row.last_chunk // CHUNKS_PER_RUN)] -= of_chunk
        estimated |= zip(ids, accumulate(change), strict=False)
    return estimated


def _select_sizes(streams: Mapping[int, int]) -> Select[Any]:
    names = ("first_chunk", "last_chunk", "n_row_bytes", "n_chunks")
    return select(*[SEGMENTS.c[name] for name in names]).where(*_overlap(streams))


def _select_rows(streams: Mapping[int, int], straps: Collection[str] | None) -> Select[Any]:
    first, last = min(streams), max(streams)
    query = select(CHUNKS).order_by(CHUNKS.c.id)
    if last - first + 1 == len(streams):
        bounds = (first * CHUNKS_PER_RUN, last * CHUNKS_PER_RUN + CHUNKS_PER_RUN - 1)
        query = query.where(CHUNKS.c.id.between(*bounds))
    else:
        query = query.join(RUNS, CHUNK_IS_IN_RUN).where(RUNS.c.id.in_(streams))
    return query if straps is None else query.where(CHUNKS.c.strap.in_(sorted(straps)))


def _select_segments(streams: Mapping[int, int], straps: Collection[str] | None) -> Select[Any]:
    query = select(SEGMENTS).where(*_overlap(streams)).order_by(SEGMENTS.c.id)
    return query if straps is None else query.where(SEGMENTS.c.strap.in_(sorted(straps)))


def _overlap(streams: Mapping[int, int]) -> tuple[ColumnElement[bool], ...]:
    """Segments that have a part between the first and the last run. None spans more than so many
    chunks, so the index on their ends finds them."""
    first, last = min(streams) * CHUNKS_PER_RUN, (max(streams) + 1) * CHUNKS_PER_RUN - 1
    return (
        SEGMENTS.c.stream_id.in_(sorted(set(streams.values()))),
        SEGMENTS.c.last_chunk.between(first, last + MAX_SEGMENT_SPAN - 1),
        SEGMENTS.c.first_chunk <= last,
    )


def _open(row: Row[Any], run_ids: Container[int], lost: list[LostSegment]) -> Sequence[StoredChunk]:
    """The segment's chunks of these runs."""
    from server.ingest.segments.codec import SegmentError  # numpy: only where there are segments
    from server.ingest.segments.opening import SegmentChunk, open_segment

    try:
        segment = open_segment(row.body, row.body_sha256, row.body_crc32)
    except SegmentError as error:
        lost.append(_tell_lost(row, str(error)))
        return ()
    whose = (segment.gateway, segment.epoch, segment.strap)
    return [
        SegmentChunk(*whose, chunk.id, run_id, chunk.records)
        for chunk in segment.chunks
        if (run_id := chunk.id // CHUNKS_PER_RUN) in run_ids
    ]


def _tell_lost(row: Row[Any], reason: str) -> LostSegment:
    return LostSegment(
        row.stream_id,
        row.strap,
        row.first_chunk // CHUNKS_PER_RUN,
        row.last_chunk // CHUNKS_PER_RUN,
        row.n_records,
        f"segment {row.id} (strap {row.strap}, numbers {row.first_seq} to {row.last_seq}) can't be"
        f" read: {reason}",
    )
