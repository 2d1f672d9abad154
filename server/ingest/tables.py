"""The archive's tables: bytes as they came, only ever added to."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from server.db.metadata import METADATA, RowId
from server.ingest.domain.chunk import CHUNKS_PER_RUN

# One numbering: a gateway's journal from its creation to its end.
STREAMS: Final = Table(
    "archive_streams",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("gateway", String, nullable=False),
    Column("epoch", String, nullable=False),
    UniqueConstraint("gateway", "epoch"),
)

# Numbers without a hole that one upload added. Its id is the cursor that readers go on from.
RUNS: Final = Table(
    "archive_runs",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("stream_id", BigInteger, ForeignKey("archive_streams.id"), nullable=False),
    Column("first_seq", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("n_chunks", Integer, nullable=False),
    Column("received_wall_ns", BigInteger, nullable=False),
    UniqueConstraint("stream_id", "first_seq"),
    CheckConstraint("first_seq >= 1 AND last_seq >= first_seq", name="ascending"),
)

# All records of one strap in one run; blob as in server.ingest.domain.chunk. The id is the run's
# id times CHUNKS_PER_RUN plus a place, so a run's chunks lie together without a second index.
CHUNKS: Final = Table(
    "archive_chunks",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("strap", String, nullable=False),
    Column("n_records", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

CHUNK_IS_IN_RUN: Final = CHUNKS.c.id.between(
    RUNS.c.id * CHUNKS_PER_RUN, RUNS.c.id * CHUNKS_PER_RUN + (CHUNKS_PER_RUN - 1)
)

GAPS: Final = Table(
    "archive_gaps",
    METADATA,
    Column("run_id", BigInteger, ForeignKey("archive_runs.id"), primary_key=True),
    Column("first_seq", BigInteger, primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("strap", String, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# Whole uploads that contradict the archive, for a person to compare.
QUARANTINE: Final = Table(
    "archive_quarantine",
    METADATA,
    Column("content_hash", LargeBinary, primary_key=True),
    Column("gateway", String, nullable=False),
    Column("epoch", String, nullable=False),
    Column("received_wall_ns", BigInteger, nullable=False),
    Column("n_conflicting", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

APPEND_ONLY: Final = (STREAMS, RUNS, CHUNKS, GAPS, QUARANTINE)

# The one row that the health page rewrites, to know that writing works.
WRITE_PROBE: Final = Table(
    "write_probe",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("written_wall_ns", BigInteger, nullable=False),
)
