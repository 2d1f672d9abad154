"""Puts uploads into the archive's tables, inside a transaction that somebody else commits."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, func, select

from protocol.messages.uplink import UplinkBatch
from server.db.bulk import insert_rows
from server.errors import ArchiveConflictError, NotPermittedError
from server.ingest.domain.chunk import CHUNKS_PER_RUN, compute_provenance, pack_chunk
from server.ingest.domain.coverage import count_numbers
from server.ingest.domain.entries import Entry
from server.ingest.domain.plan import Plan, list_stretches, plan_batch
from server.ingest.quarantine import keep_aside
from server.ingest.streams import Stream, StreamKey, read_or_add_stream, read_stored_entries
from server.ingest.tables import CHUNKS, GAPS, RUNS
from server.ingest.upload import Stored, Upload

MAX_REMEMBERED: Final = 1_000  # streams; a journal has one, and a token can name ever new ones
MAX_REMEMBERED_RUNS: Final = 100_000  # of all of them; a journal without holes has one
MAX_RUNS_OF_ONE: Final = 10_000  # no journal has holes, for a gap has numbers, too


Outcome = Stored | ArchiveConflictError | NotPermittedError


@dataclass(slots=True)
class _Rows:
    """Rows to insert, in the order of their tables' columns: one statement a table and group."""

    runs: list[tuple[Any, ...]] = field(default_factory=list)
    chunks: list[tuple[Any, ...]] = field(default_factory=list)
    gaps: list[tuple[Any, ...]] = field(default_factory=list)


class Archive:
    """Knows which numbers are stored. One writer owns it; after a rollback it must `forget`."""

    def __init__(self) -> None:
        self._streams: dict[StreamKey, Stream] = {}
        self._last_run_id: int | None = None
        self._rows = _Rows()

    def forget(self) -> None:
        """Drop everything remembered; the next upload reads it from the database again."""
        self.__init__()  # type: ignore[misc]

    def store(self, connection: Connection, uploads: Sequence[Upload]) -> list[Outcome]:
        """Insert what is new of each upload. A contradicting upload goes to quarantine whole."""
        n_runs = sum(len(stream.coverage) for stream in self._streams.values())
        if len(self._streams) > MAX_REMEMBERED or n_runs > MAX_REMEMBERED_RUNS:
            self.forget()
        outcomes = [self._store_one(connection, upload) for upload in uploads]
        self._flush(connection)
        return outcomes

    def _store_one(self, connection: Connection, upload: Upload) -> Outcome:
        stream = self._open_stream(connection, upload.batch)
        plan = self._plan(connection, stream, upload.entries)
        if plan.conflicting:
            return _refuse(connection, upload, plan)
        if len(stream.coverage) + len(plan.new_runs) > MAX_RUNS_OF_ONE:
            return NotPermittedError("numbers with so many holes between them are of no journal")
        for run in plan.new_runs:
            self._add_run(connection, stream, upload.batch, run)
        n_new = sum(len(run) for run in plan.new_runs)
        return Stored(stream.coverage.watermark, n_new, len(upload.entries) - n_new)

    def _plan(self, connection: Connection, stream: Stream, entries: Sequence[Entry]) -> Plan:
        stretches = list_stretches(entries, stream.coverage)
        if not stretches:
            return plan_batch(entries, ())
        self._flush(connection)  # what this group added so far must be seen, too
        return plan_batch(entries, read_stored_entries(connection, stream.id, stretches))

    def _open_stream(self, connection: Connection, batch: UplinkBatch) -> Stream:
        key = (batch.gateway, batch.epoch)
        stream = self._streams.get(key)
        if stream is None:
            stream = self._streams[key] = read_or_add_stream(connection, key)
        return stream

    def _add_run(
        self, connection: Connection, stream: Stream, batch: UplinkBatch, run: Sequence[Entry]
    ) -> None:
        if self._last_run_id is None:
            self._last_run_id = connection.execute(select(func.max(RUNS.c.id))).scalar() or 0
        self._last_run_id = run_id = self._last_run_id + 1
        by_strap: dict[str, list[Entry]] = {}
        for entry in run:
            if entry.is_gap:
                self._rows.gaps.append(_gap_row(run_id, entry))
            else:
                by_strap.setdefault(entry.strap, []).append(entry)
        self._rows.chunks += _chunk_rows(run_id, batch, by_strap)
        first, last = run[0].first_seq, run[-1].last_seq
        self._rows.runs.append((run_id, stream.id, first, last, len(by_strap), time.time_ns()))
        stream.coverage.add(first, last)

    def _flush(self, connection: Connection) -> None:
        rows, self._rows = self._rows, _Rows()
        insert_rows(connection, RUNS, rows.runs)
        insert_rows(connection, CHUNKS, rows.chunks)
        insert_rows(connection, GAPS, rows.gaps)


def _chunk_rows(
    run_id: int, batch: UplinkBatch, by_strap: Mapping[str, Sequence[Entry]]
) -> list[tuple[Any, ...]]:
    provenance = compute_provenance(batch.gateway, batch.epoch, run_id)
    numbered = enumerate(by_strap.items(), run_id * CHUNKS_PER_RUN)
    return [
        (chunk_id, strap, len(entries), pack_chunk(entries, provenance))
        for chunk_id, (strap, entries) in numbered
    ]


def _gap_row(run_id: int, entry: Entry) -> tuple[Any, ...]:
    numbers = (entry.first_seq, entry.last_seq)
    return (run_id, *numbers, entry.strap, entry.digest, entry.encoded)


def _refuse(connection: Connection, upload: Upload, plan: Plan) -> ArchiveConflictError:
    """Keep the whole upload aside, and say what contradicts."""
    batch = upload.batch
    n_conflicting = count_numbers(plan.conflicting)
    keep_aside(connection, batch, upload.entries, upload.body, n_conflicting)
    return ArchiveConflictError(
        f"{n_conflicting} numbers of gateway {batch.gateway!r} are stored with other bytes;"
        " nothing of this batch was archived and all of it is kept aside",
        plan.known,
        plan.conflicting,
    )
