"""Runs of the archive, read whole: records and gaps that match their hashes, and what doesn't."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from server.ingest.domain.chunk import Damage, compute_provenance, unpack_gap
from server.ingest.domain.entries import StoredEntry
from server.ingest.domain.plan import list_holes
from server.ingest.feed import ArchivedGap, ArchivedRecord
from server.ingest.stored_chunks import LostSegment, StoredChunk, read_chunks
from server.ingest.tables import GAPS, RUNS, STREAMS

RUNS_AT_ONCE: Final = 200  # some minutes of one gateway; bounds what an export holds in memory


@dataclass(frozen=True, slots=True)
class ArchivedDamage:
    """An entry that is stored and can't be believed any more, and whose it was."""

    gateway: str
    epoch: str
    damage: Damage


@dataclass(frozen=True, slots=True)
class RunContent:
    """One run as it lies in the archive, records and gaps in the order of their numbers."""

    run_id: int
    records: tuple[ArchivedRecord, ...]
    gaps: tuple[ArchivedGap, ...]
    damages: tuple[ArchivedDamage, ...]


SELECT_RUNS: Final = select(RUNS, STREAMS.c.gateway, STREAMS.c.epoch).join(
    STREAMS, RUNS.c.stream_id == STREAMS.c.id
)


def iterate_archive(connection: Connection) -> Iterator[RunContent]:
    """The whole archive by gateway, epoch and number, whatever the order of its commits was."""
    streams = connection.execute(select(STREAMS)).all()
    for stream in sorted(streams, key=lambda one: (one.gateway, one.epoch)):
        after_seq = 0
        while True:
            query = (
                SELECT_RUNS.where(RUNS.c.stream_id == stream.id, RUNS.c.first_seq > after_seq)
                .order_by(RUNS.c.first_seq)
                .limit(RUNS_AT_ONCE)
            )
            runs = connection.execute(query).all()
            if not runs:
                break
            yield from read_runs(connection, runs)
            after_seq = runs[-1].first_seq


def read_runs(connection: Connection, runs: Sequence[Row[Any]]) -> list[RunContent]:
    """The contents of runs (rows of RUNS with gateway and epoch), in the order given."""
    if not runs:
        return []
    ids = [run.id for run in runs]
    read = read_chunks(connection, runs)
    chunks_of = read.by_run()
    gaps_of = _by_run(connection.execute(select(GAPS).where(GAPS.c.run_id.in_(ids))))
    return [
        _read_run(run, chunks_of.get(run.id, []), gaps_of.get(run.id, []), read.lost)
        for run in runs
    ]


def _by_run(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    sorted_rows: dict[int, list[Row[Any]]] = {}
    for row in rows:
        sorted_rows.setdefault(row.run_id, []).append(row)
    return sorted_rows


def _read_run(
    run: Row[Any], chunks: list[StoredChunk], gaps: list[Row[Any]], lost: Sequence[LostSegment]
) -> RunContent:
    whose = (run.gateway, run.epoch)
    records: list[ArchivedRecord] = []
    damages: list[Damage] = []
    provenance = compute_provenance(*whose, run.id)
    for chunk in chunks:
        good, bad = chunk.read_records(provenance)
        records += [ArchivedRecord(*whose, record) for record in good]
        damages += bad
    declared: list[ArchivedGap] = []
    for row in gaps:
        gap = unpack_gap(row.body, row.digest)
        if gap is None or (gap.first_seq, gap.strap) != (row.first_seq, row.strap):
            damages.append(Damage(row.first_seq, row.strap, "a gap's bytes don't match their hash"))
        else:
            declared.append(ArchivedGap(*whose, gap))
    if len(chunks) != run.n_chunks:
        held = [StoredEntry(one.record.seq, one.record.seq, b"") for one in records]
        held += [StoredEntry(one.seq, one.seq, b"") for one in damages]
        held += [StoredEntry(row.first_seq, row.last_seq, b"") for row in gaps]
        damages += _tell_absent(run, len(chunks), held, [one for one in lost if one.is_of(run)])
    records.sort(key=lambda one: one.record.seq)
    declared.sort(key=lambda one: one.gap.first_seq)
    archived = tuple(ArchivedDamage(*whose, damage) for damage in damages)
    return RunContent(run.id, tuple(records), tuple(declared), archived)


def _tell_absent(
    run: Row[Any], n_chunks: int, held: Sequence[StoredEntry], lost: Sequence[LostSegment]
) -> Iterator[Damage]:
    """The numbers that nothing holds any more, where a segment is damaged; else how many chunks.

    Whose a number was is known where one segment alone may have held it.
    """
    if not lost:
        yield Damage(run.first_seq, "", f"{run.n_chunks - n_chunks} chunks are absent")
        return
    strap = lost[0].strap if len({one.strap for one in lost}) == 1 else ""
    reason = "; ".join(one.reason for one in lost)
    for first, last in list_holes((run.first_seq, run.last_seq), held):
        for seq in range(first, last + 1):
            yield Damage(seq, strap, reason)
