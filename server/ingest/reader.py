"""The archive as readers see it: ArchiveFeed on either database."""

import logging
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from server.db.database import Database
from server.ingest.contacts import Contacts
from server.ingest.feed import FeedPage, GatewayContact
from server.ingest.runs import SELECT_RUNS, ArchivedDamage, read_runs
from server.ingest.stored_chunks import estimate_segment_bytes
from server.ingest.tables import CHUNK_IS_IN_RUN, CHUNKS, GAPS, RUNS

MAX_PAGE_BYTES: Final = 1024 * 1024  # as much as an upload (C4); read, it takes ten times as much

_CHUNK_BYTES = select(func.coalesce(func.sum(func.length(CHUNKS.c.body)), 0)).where(CHUNK_IS_IN_RUN)
_GAP_BYTES = select(func.coalesce(func.sum(func.length(GAPS.c.body)), 0)).where(
    GAPS.c.run_id == RUNS.c.id
)
_RUN_BYTES: Final = (
    _CHUNK_BYTES.correlate(RUNS).scalar_subquery() + _GAP_BYTES.correlate(RUNS).scalar_subquery()
)

log = logging.getLogger(__name__)


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
    """Whole runs after the cursor, at least one, up to about `limit_chunks` and MAX_PAGE_BYTES."""
    query = SELECT_RUNS.add_columns(_RUN_BYTES.label("n_bytes")).where(RUNS.c.id > cursor)
    runs = connection.execute(query.order_by(RUNS.c.id).limit(limit_chunks)).all()
    in_segments = estimate_segment_bytes(connection, runs)
    chosen: list[Row[Any]] = []
    n_chunks, n_bytes = 0, 0.0
    for run in runs:
        n_chunks += run.n_chunks
        n_bytes += run.n_bytes + in_segments[run.id]
        if chosen and (n_chunks > limit_chunks or n_bytes > MAX_PAGE_BYTES):
            break
        chosen.append(run)
    return chosen
