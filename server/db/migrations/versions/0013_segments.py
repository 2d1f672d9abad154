"""Segments: chunks of the archive as columns; a chunk that a proven segment holds may go."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only
from server.db.releasing import let_chunks_go

revision = "0013"
down_revision = "0012"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_segments()
    _create_proofs()
    for table in ("archive_segments", "archive_segment_proofs"):
        make_append_only(op.get_bind(), table)
    let_chunks_go(op.get_bind())


def _create_segments() -> None:
    op.create_table(
        "archive_segments",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("stream_id", sa.BigInteger(), nullable=False),
        sa.Column("strap", sa.String(), nullable=False),
        sa.Column("first_chunk", sa.BigInteger(), nullable=False),
        sa.Column("last_chunk", sa.BigInteger(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("n_chunks", sa.Integer(), nullable=False),
        sa.Column("n_records", sa.Integer(), nullable=False),
        sa.Column("n_row_bytes", sa.BigInteger(), nullable=False),
        sa.Column("rows_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("codec", sa.Integer(), nullable=False),
        sa.Column("made_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("body_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("body_crc32", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "first_chunk <= last_chunk AND last_chunk - first_chunk < 33554432",
            name="ck_archive_segments_span",
        ),
        sa.ForeignKeyConstraint(
            ["stream_id"],
            ["archive_streams.id"],
            name="fk_archive_segments_stream_id_archive_streams",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_archive_segments"),
        sa.UniqueConstraint(
            "stream_id", "strap", "last_chunk", name="uq_archive_segments_stream_id"
        ),
        sa.UniqueConstraint("id", "rows_sha256", name="uq_archive_segments_id"),
    )
    op.create_index(
        "ix_archive_segments_stream_id_last_chunk", "archive_segments", ["stream_id", "last_chunk"]
    )
    op.create_index("ix_archive_segments_last_chunk", "archive_segments", ["last_chunk"])


def _create_proofs() -> None:
    op.create_table(
        "archive_segment_proofs",
        sa.Column("segment_id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("rows_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("proven_wall_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segment_id", "rows_sha256"],
            ["archive_segments.id", "archive_segments.rows_sha256"],
            name="fk_archive_segment_proofs_segment_id_archive_segments",
        ),
        sa.PrimaryKeyConstraint("segment_id", name="pk_archive_segment_proofs"),
    )


def downgrade() -> None:
    """Going back would delete the only copy of what was compacted."""
    message = "segments can't be undone: they hold what the archive's rows held"
    raise RuntimeError(message)
