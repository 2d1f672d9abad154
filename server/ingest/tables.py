"""The archive's tables: bytes as they came, only ever added to."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from server.db.metadata import METADATA, RowId
from server.ingest.domain.chunk import CHUNKS_PER_RUN

# Chunk ids between the first and the last of a segment: what overlaps a stretch ends soon after it.
# The triggers of migration 0013 have the same number.
MAX_SEGMENT_SPAN: Final = 65_536 * CHUNKS_PER_RUN  # nine hours of one gateway

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

# Chunks of one strap of one stream, all that lie between the first and the last, as columns: body
# as in server.ingest.segments.envelope. Where one is proven, its chunks may go from CHUNKS.
SEGMENTS: Final = Table(
    "archive_segments",
    METADATA,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("stream_id", BigInteger, ForeignKey("archive_streams.id"), nullable=False),
    Column("strap", String, nullable=False),
    Column("first_chunk", BigInteger, nullable=False),
    Column("last_chunk", BigInteger, nullable=False),
    Column("first_seq", BigInteger, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("n_chunks", Integer, nullable=False),
    Column("n_records", Integer, nullable=False),
    Column("n_row_bytes", BigInteger, nullable=False),  # of the chunks' bodies
    Column("rows_sha256", LargeBinary, nullable=False),  # of the chunks' rows
    Column("codec", Integer, nullable=False),
    Column("made_wall_ns", BigInteger, nullable=False),
    Column("body_sha256", LargeBinary, nullable=False),
    Column("body_crc32", BigInteger, nullable=False),  # finds a bit that flipped
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("stream_id", "strap", "last_chunk"),
    UniqueConstraint("id", "rows_sha256"),
    Index(None, "stream_id", "last_chunk"),
    Index(None, "last_chunk"),
    CheckConstraint(
        f"first_chunk <= last_chunk AND last_chunk - first_chunk < {MAX_SEGMENT_SPAN}", name="span"
    ),
)

# Of each segment that was read again and gave its rows back, byte by byte.
SEGMENT_PROOFS: Final = Table(
    "archive_segment_proofs",
    METADATA,
    Column("segment_id", RowId, primary_key=True, autoincrement=False),
    Column("rows_sha256", LargeBinary, nullable=False),
    Column("proven_wall_ns", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["segment_id", "rows_sha256"], ["archive_segments.id", "archive_segments.rows_sha256"]
    ),
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

# CHUNKS lets go what a proven segment holds, and nothing else.
APPEND_ONLY: Final = (STREAMS, RUNS, CHUNKS, SEGMENTS, SEGMENT_PROOFS, GAPS, QUARANTINE)

# The one row that the health page rewrites, to know that writing works.
WRITE_PROBE: Final = Table(
    "write_probe",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("written_wall_ns", BigInteger, nullable=False),
)
