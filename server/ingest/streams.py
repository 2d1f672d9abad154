"""What the archive's tables know of a stream: which numbers are stored, and with which hashes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, insert, select

from server.ingest.domain.coverage import Coverage, Run
from server.ingest.domain.entries import StoredEntry
from server.ingest.domain.plan import Stretch, fill_run
from server.ingest.stored_chunks import read_chunks
from server.ingest.tables import GAPS, RUNS, STREAMS

RUNS_AT_ONCE: Final = 20  # an upload each; bounds what a comparison holds in memory

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
    connection: Connection, stream_id: int, stretches: Sequence[Stretch]
) -> list[StoredEntry]:
    """The stored entries that share a number with each stretch; of a lone entry's, the first.

    Memory is bounded by the batch, wherever its numbers lie in a journal of whatever length.
    """
    wanted = Coverage((one.first, one.last) for one in stretches)
    found: dict[int, StoredEntry] = {}
    for entry in _read_runs(connection, _find_runs(connection, stream_id, stretches)):
        if wanted.overlaps(entry.first_seq, entry.last_seq):
            found[entry.first_seq] = entry
    return [*found.values()]


def _find_runs(
    connection: Connection, stream_id: int, stretches: Sequence[Stretch]
) -> dict[int, Run]:
    """Numbers of the runs that hold a stretch, by run. No more runs than the stretches' entries."""
    bounds: dict[int, Run] = {}
    for one in stretches:
        query = (
            select(RUNS.c.id, RUNS.c.first_seq, RUNS.c.last_seq)
            .where(RUNS.c.stream_id == stream_id)
            .where(RUNS.c.first_seq <= one.last, RUNS.c.last_seq >= one.first)
            .order_by(RUNS.c.first_seq)
            .limit(one.n_entries)
        )
        bounds |= {row.id: (row.first_seq, row.last_seq) for row in connection.execute(query)}
    return bounds


def _read_runs(connection: Connection, bounds: dict[int, Run]) -> Iterator[StoredEntry]:
    ids = sorted(bounds)
    for at in range(0, len(ids), RUNS_AT_ONCE):
        entries: dict[int, list[StoredEntry]] = {
            run_id: [] for run_id in ids[at : at + RUNS_AT_ONCE]
        }
        runs = select(RUNS.c.id, RUNS.c.stream_id).where(RUNS.c.id.in_(entries))
        for chunk in read_chunks(connection, connection.execute(runs).all()).chunks:
            entries[chunk.run_id] += chunk.read_entries()
        gaps = select(GAPS.c.run_id, GAPS.c.first_seq, GAPS.c.last_seq, GAPS.c.digest)
        for run_id, *gap in connection.execute(gaps.where(GAPS.c.run_id.in_(entries))):
            entries[run_id].append(StoredEntry(*gap))
        for run_id, held in entries.items():
            yield from fill_run(bounds[run_id], held)
