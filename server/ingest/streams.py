"""What the archive's tables know of a stream: which numbers are stored, and with which hashes."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from server.ingest.domain.chunk import read_index
from server.ingest.domain.coverage import Coverage
from server.ingest.domain.entries import StoredEntry
from server.ingest.domain.plan import fill_run
from server.ingest.tables import CHUNK_IS_IN_RUN, CHUNKS, GAPS, RUNS, STREAMS

StreamKey = tuple[str, str]  # gateway, epoch


@dataclass(slots=True)
class Stream:
    """One numbering of one gateway, and what of it is stored."""

    id: int
    coverage: Coverage


def read_or_add_stream(connection: Connection, key: StreamKey) -> Stream:
    """The stream as it is stored; one that is new is added."""
    gateway, epoch = key
    found = connection.execute(
        select(STREAMS.c.id).where(STREAMS.c.gateway == gateway, STREAMS.c.epoch == epoch)
    ).scalar()
    if found is None:
        stream_id = (connection.execute(select(func.max(STREAMS.c.id))).scalar() or 0) + 1
        row = {"id": stream_id, "gateway": gateway, "epoch": epoch}
        connection.execute(insert(STREAMS), [row])
        return Stream(stream_id, Coverage())
    runs = (
        select(RUNS.c.first_seq, RUNS.c.last_seq)
        .where(RUNS.c.stream_id == found)
        .order_by(RUNS.c.first_seq)
    )
    return Stream(found, Coverage((row[0], row[1]) for row in connection.execute(runs)))


def read_stored_entries(
    connection: Connection, stream_id: int, first: int, last: int
) -> list[StoredEntry]:
    """Every stored entry of a stream that shares a number with `first` to `last`, or lies near."""
    near = (RUNS.c.stream_id == stream_id, RUNS.c.first_seq <= last, RUNS.c.last_seq >= first)
    runs = connection.execute(select(RUNS.c.id, RUNS.c.first_seq, RUNS.c.last_seq).where(*near))
    bounds = {row.id: (row.first_seq, row.last_seq) for row in runs}
    entries: dict[int, list[StoredEntry]] = {run_id: [] for run_id in bounds}
    chunks = select(RUNS.c.id, CHUNKS.c.body, CHUNKS.c.n_records)
    for run_id, *chunk in connection.execute(chunks.join(RUNS, CHUNK_IS_IN_RUN).where(*near)):
        entries[run_id] += read_index(*chunk)
    gaps = select(RUNS.c.id, GAPS.c.first_seq, GAPS.c.last_seq, GAPS.c.digest)
    gaps = gaps.join(RUNS, GAPS.c.run_id == RUNS.c.id).where(*near)
    for run_id, *gap in connection.execute(gaps):
        entries[run_id].append(StoredEntry(*gap))
    return [one for run_id, run in bounds.items() for one in fill_run(run, entries[run_id])]
