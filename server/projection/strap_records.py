"""Records of some straps out of some runs of the archive, each checked against its hash."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection

from protocol.messages.uplink import NotificationRecord
from server.ingest.domain.chunk import compute_provenance
from server.ingest.runs import SELECT_RUNS
from server.ingest.stored_chunks import StoredChunk, read_chunks
from server.ingest.tables import RUNS

StrapKey = tuple[str, str]  # gateway, strap: two gateways may hear one strap

_RUNS_AT_ONCE: Final = 2_000  # a quarter of an hour of one gateway: some ten MB of bytes


@dataclass(slots=True)
class StrapRecords:
    """In the order of the archive's commits; `n_damaged` records of each don't match their hash."""

    of: dict[StrapKey, list[NotificationRecord]] = field(default_factory=dict)
    n_damaged: dict[StrapKey, int] = field(default_factory=dict)

    def note_damaged(self, key: StrapKey, n_records: int) -> None:
        """So many more of this strap."""
        if n_records:
            self.n_damaged[key] = self.n_damaged.get(key, 0) + n_records


def read_strap_records(
    archive: Connection, run_ids: Sequence[int], straps: Collection[str]
) -> StrapRecords:
    """All records of these straps in these runs (ids ascending)."""
    found = StrapRecords()
    for first, last in list_stretches(run_ids):
        runs = archive.execute(SELECT_RUNS.where(RUNS.c.id.between(first, last))).all()
        origins = {
            run.id: (run.gateway, compute_provenance(run.gateway, run.epoch, run.id))
            for run in runs
        }
        read = read_chunks(archive, runs, straps)
        for chunk in read.chunks:
            _unpack(chunk, *origins[chunk.run_id], found)
        for lost in read.lost:
            gateway = next(run.gateway for run in runs if lost.is_of(run))
            found.note_damaged((gateway, lost.strap), lost.n_records)
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


def _unpack(chunk: StoredChunk, gateway: str, provenance: bytes, found: StrapRecords) -> None:
    good, bad = chunk.read_records(provenance)
    key = (gateway, chunk.strap)
    found.of.setdefault(key, []).extend(good)
    found.note_damaged(key, len(bad))
