"""Archive, gateways, straps."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import append_only_ddl, no_overlap_ddl

revision = "0001"
down_revision = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = (
    "archive_streams",
    "archive_runs",
    "archive_chunks",
    "archive_gaps",
    "archive_quarantine",
)


def upgrade() -> None:
    _create_numbering()
    _create_content()
    _create_gateways()
    dialect = op.get_bind().dialect.name
    for table in APPEND_ONLY:
        for statement in append_only_ddl(dialect, table):
            op.execute(statement)
    for statement in no_overlap_ddl(dialect):
        op.execute(statement)


def _create_numbering() -> None:
    op.create_table(
        "archive_streams",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("gateway", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_archive_streams"),
        sa.UniqueConstraint("gateway", "epoch", name="uq_archive_streams_gateway"),
    )
    op.create_table(
        "archive_runs",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("stream_id", sa.BigInteger(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("n_chunks", sa.Integer(), nullable=False),
        sa.Column("received_wall_ns", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "first_seq >= 1 AND last_seq >= first_seq", name="ck_archive_runs_ascending"
        ),
        sa.ForeignKeyConstraint(
            ["stream_id"], ["archive_streams.id"], name="fk_archive_runs_stream_id_archive_streams"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_archive_runs"),
        sa.UniqueConstraint("stream_id", "first_seq", name="uq_archive_runs_stream_id"),
    )


def _create_content() -> None:
    op.create_table(
        "archive_chunks",
        sa.Column("id", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("strap", sa.String(), nullable=False),
        sa.Column("n_records", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_archive_chunks"),
    )
    op.create_table(
        "archive_gaps",
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("strap", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["archive_runs.id"], name="fk_archive_gaps_run_id_archive_runs"
        ),
        sa.PrimaryKeyConstraint("run_id", "first_seq", name="pk_archive_gaps"),
    )
    op.create_table(
        "archive_quarantine",
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("gateway", sa.String(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("received_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("n_conflicting", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("content_hash", name="pk_archive_quarantine"),
    )
    op.create_table(
        "write_probe",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("written_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_write_probe"),
    )
    op.execute("INSERT INTO write_probe (id, written_wall_ns) VALUES (1, 0)")


def _create_gateways() -> None:
    op.create_table(
        "gateways",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("enrolled_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_gateways"),
    )
    op.create_table(
        "gateway_tokens",
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("gateway", sa.String(), nullable=False),
        sa.Column("issued_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("revoked_wall_ns", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["gateway"], ["gateways.name"], name="fk_gateway_tokens_gateway_gateways"
        ),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_gateway_tokens"),
    )
    op.create_index("ix_gateway_tokens_gateway", "gateway_tokens", ["gateway"])
    op.create_table(
        "straps",
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("streams", sa.String(), nullable=False),
        sa.Column("added_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("serial", name="pk_straps"),
    )


def downgrade() -> None:
    """There is nothing before the archive; going back would delete it."""
    message = "the first schema can't be undone: that would delete the archive"
    raise RuntimeError(message)
