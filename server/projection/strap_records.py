"""Records of some straps out of some runs of the archive, each checked against its hash."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from protocol.messages.uplink import NotificationRecord
from server.ingest.domain.chunk import CHUNKS_PER_RUN, compute_provenance, unpack_chunk
from server.ingest.runs import SELECT_RUNS
from server.ingest.tables import CHUNKS, RUNS

StrapKey = tuple[str, str]  # gateway, strap: two gateways may hear one strap

_RUNS_AT_ONCE: Final = 2_000  # a quarter of an hour of one gateway: some ten MB of bytes


@dataclass(slots=True)
class StrapRecords:
    """In the order of the archive's commits; `n_damaged` records of each don't match their hash."""

    of: dict[StrapKey, list[NotificationRecord]] = field(default_factory=dict)
    n_damaged: dict[StrapKey, int] = field(default_factory=dict)


def read_strap_records(
    archive: Connection, run_ids: Sequence[int], straps: Collection[str]
) -> StrapRecords:
    """All records of these straps in these runs (ids ascending)."""
    found = StrapRecords()
    for first, last in list_stretches(run_ids):
        runs = archive.execute(SELECT_RUNS.where(RUNS.c.id.between(first, last)))
        origins = {
            run.id: (run.gateway, compute_provenance(run.gateway, run.epoch, run.id))
            for run in runs
        }
        for chunk in _read_chunks(archive, first, last, straps):
            _unpack(chunk, *origins[chunk.id // CHUNKS_PER_RUN], found)
    return found


def list_stretches(run_ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each row of ids that follow each other, at most `_RUNS_AT_ONCE` long."""
    first = previous = None
    for run_id in run_ids:
        if first is None or previous is None:
            first = run_id
        elif run_id != previous + 1 or run_id - first >= _RUNS_AT_ONCE:
            yield first, previous
            first = run_id
        previous = run_id
    if first is not None and previous is not None:
        yield first, previous


def _read_chunks(
    archive: Connection, first: int, last: int, straps: Collection[str]
) -> Sequence[Row[Any]]:
    in_runs = CHUNKS.c.id.between(
        first * CHUNKS_PER_RUN, last * CHUNKS_PER_RUN + (CHUNKS_PER_RUN - 1)
    )
    query = select(CHUNKS).where(in_runs, CHUNKS.c.strap.in_(sorted(straps)))
    return archive.execute(query.order_by(CHUNKS.c.id)).all()


def _unpack(chunk: Row[Any], gateway: str, provenance: bytes, found: StrapRecords) -> None:
    good, bad = unpack_chunk(chunk.body, chunk.n_records, chunk.strap, provenance)
    key = (gateway, chunk.strap)
    found.of.setdefault(key, []).extend(good)
    if bad:
        found.n_damaged[key] = found.n_damaged.get(key, 0) + len(bad)
