"""The archive as readers see it: ArchiveFeed on either database, and the search for damage."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from server.db.database import Database
from server.ingest.contacts import Contacts
from server.ingest.domain.chunk import Damage, compute_provenance, unpack_chunk, unpack_gap
from server.ingest.feed import ArchivedGap, ArchivedRecord, FeedPage, GatewayContact
from server.ingest.tables import CHUNKS, GAPS, RUNS, STREAMS

log = logging.getLogger(__name__)


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


class ArchiveReader:
    """ArchiveFeed over a database. Thread-safe: each call uses a connection of its own."""

    def __init__(self, database: Database, contacts: Contacts) -> None:
        self._database = database
        self._contacts = contacts
        self.n_damaged = 0  # entries met so far whose bytes no longer match their hash

    def newest_cursor(self) -> int:
        with self._database.reading() as connection:
            return connection.execute(select(func.max(RUNS.c.id))).scalar() or 0

    def read_after(self, cursor: int, limit_chunks: int = 500) -> FeedPage:
        with self._database.reading() as connection:
            runs = _choose_runs(connection, cursor, limit_chunks)
            contents = read_runs(connection, runs)
        self._report([damage for content in contents for damage in content.damages])
        return FeedPage(
            records=tuple(record for content in contents for record in content.records),
            gaps=tuple(gap for content in contents for gap in content.gaps),
            cursor=runs[-1].id if runs else cursor,
        )

    def contacts(self) -> tuple[GatewayContact, ...]:
        return self._contacts.all()

    def _report(self, damages: Sequence[ArchivedDamage]) -> None:
        for one in damages:
            self.n_damaged += 1
            log.error(
                "archive: record %d of gateway %s is damaged and left out: %s",
                one.damage.seq,
                one.gateway,
                one.damage.reason,
            )


def _choose_runs(connection: Connection, cursor: int, limit_chunks: int) -> Sequence[Row[Any]]:
    """Whole runs after the cursor, at least one, up to about `limit_chunks` chunks."""
    query = (
        select(RUNS, STREAMS.c.gateway, STREAMS.c.epoch)
        .join(STREAMS, RUNS.c.stream_id == STREAMS.c.id)
        .where(RUNS.c.id > cursor)
        .order_by(RUNS.c.id)
        .limit(limit_chunks)
    )
    chosen: list[Row[Any]] = []
    n_chunks = 0
    for run in connection.execute(query):
        n_chunks += run.n_chunks
        if chosen and n_chunks > limit_chunks:
            break
        chosen.append(run)
    return chosen


def read_runs(connection: Connection, runs: Sequence[Row[Any]]) -> list[RunContent]:
    """The contents of runs (rows of RUNS with gateway and epoch), in the order given."""
    if not runs:
        return []
    ids = [run.id for run in runs]
    chunks = _by_run(connection.execute(select(CHUNKS).where(CHUNKS.c.run_id.in_(ids))))
    gaps = _by_run(connection.execute(select(GAPS).where(GAPS.c.run_id.in_(ids))))
    return [_read_run(run, chunks.get(run.id, []), gaps.get(run.id, [])) for run in runs]


def _by_run(rows: Iterable[Row[Any]]) -> dict[int, list[Row[Any]]]:
    sorted_rows: dict[int, list[Row[Any]]] = {}
    for row in rows:
        sorted_rows.setdefault(row.run_id, []).append(row)
    return sorted_rows


def _read_run(run: Row[Any], chunks: list[Row[Any]], gaps: list[Row[Any]]) -> RunContent:
    whose = (run.gateway, run.epoch)
    records: list[ArchivedRecord] = []
    damages: list[Damage] = []
    for chunk in chunks:
        good, bad = unpack_chunk(chunk.record_index, chunk.body, chunk.strap)
        if chunk.provenance != compute_provenance(*whose, run.id, chunk.strap):
            reason = "its chunk's origin was changed"
            bad += [Damage(record.seq, chunk.strap, reason) for record in good]
            good = []
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
        damages.append(Damage(run.first_seq, "", f"{run.n_chunks - len(chunks)} chunks are absent"))
    records.sort(key=lambda one: one.record.seq)
    declared.sort(key=lambda one: one.gap.first_seq)
    archived = tuple(ArchivedDamage(*whose, damage) for damage in damages)
    return RunContent(run.id, tuple(records), tuple(declared), archived)
