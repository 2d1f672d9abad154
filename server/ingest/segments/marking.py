"""Reads where the archive's chunks lie, page by page: no snapshot stays open meanwhile."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, select

from server.db.database import Database
from server.ingest.domain.chunk import CHUNKS_PER_RUN
from server.ingest.segments.grouping import ChunkMark
from server.ingest.tables import CHUNKS, MAX_SEGMENT_SPAN, RUNS, SEGMENTS

_CHUNKS_AT_ONCE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Choice:
    """Which runs are compacted: those received before an instant, of `only`, not of `never`.

    `only` None: of all.
    """

    received_before_wall_ns: int
    only: Collection[int] | None = None
    never: Collection[int] = frozenset()

    def takes(self, run_id: int, received_wall_ns: int) -> bool:
        is_chosen = self.only is None or run_id in self.only
        is_old = received_wall_ns < self.received_before_wall_ns
        return is_chosen and is_old and run_id not in self.never


def iterate_marks(study: Database, choice: Choice) -> Iterator[ChunkMark]:
    """Every chunk that is a row, and one mark that isn't wanted for every segment; ids ascend."""
    after, last = _bound(choice)
    while True:
        with study.reading() as connection:
            chunks = _read_page(connection, after, last)
            if not chunks:
                return
            marks = _mark(connection, chunks, choice, after)
        yield from marks
        after = chunks[-1].id


def _bound(choice: Choice) -> tuple[int, int]:
    """Chunk ids after the one, up to the other."""
    if choice.only is None:
        return -1, 2**63 - 1
    if not choice.only:
        return -1, -1
    first, last = min(choice.only), max(choice.only)
    return first * CHUNKS_PER_RUN - 1, (last + 1) * CHUNKS_PER_RUN - 1


def _read_page(connection: Connection, after: int, last: int) -> Sequence[Row[Any]]:
    columns = CHUNKS.c
    n_bytes = func.length(columns.body).label("n_bytes")
    chunks: Select[Any] = select(columns.id, columns.strap, n_bytes)
    query = chunks.where(columns.id > after, columns.id <= last)
    return connection.execute(query.order_by(columns.id).limit(_CHUNKS_AT_ONCE)).all()


def _mark(
    connection: Connection, chunks: Sequence[Row[Any]], choice: Choice, after: int
) -> list[ChunkMark]:
    bounds = (chunks[0].id // CHUNKS_PER_RUN, chunks[-1].id // CHUNKS_PER_RUN)
    query = select(RUNS.c.id, RUNS.c.stream_id, RUNS.c.received_wall_ns)
    runs = {run.id: run for run in connection.execute(query.where(RUNS.c.id.between(*bounds)))}
    marks = []
    for chunk in chunks:
        run = runs[chunk.id // CHUNKS_PER_RUN]
        is_wanted = choice.takes(run.id, run.received_wall_ns)
        marks.append(ChunkMark(chunk.id, run.stream_id, chunk.strap, chunk.n_bytes, is_wanted))
    marks += _mark_segments(connection, after, chunks[-1].id)
    return sorted(marks, key=lambda mark: mark.id)


def _mark_segments(connection: Connection, after: int, last: int) -> list[ChunkMark]:
    columns = SEGMENTS.c
    query = (
        select(columns.first_chunk, columns.stream_id, columns.strap)
        .where(columns.last_chunk.between(after + 1, last + MAX_SEGMENT_SPAN - 1))
        .where(columns.first_chunk.between(after + 1, last))
    )
    return [ChunkMark(*row, 0, is_wanted=False) for row in connection.execute(query)]
