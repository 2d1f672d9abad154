"""The ledger of what people wrote down: events in a chain, their values, erasures, disputed ids."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only
from server.db.erasable import make_erasable

revision = "0004"
down_revision = "0003"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("ledger_events", "ledger_erasures", "ledger_disputed")


def upgrade() -> None:
    _create_events()
    _create_values()
    _create_disputed()
    for table in APPEND_ONLY:
        make_append_only(op.get_bind(), table)
    make_erasable(op.get_bind(), "ledger_values", record="ledger_erasures")


def _create_events() -> None:
    op.create_table(
        "ledger_events",
        sa.Column("n", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_ledger_events"),
        sa.UniqueConstraint("id", name="uq_ledger_events_id"),
    )
    op.create_index("ix_ledger_events_session", "ledger_events", ["session", "n"])
    op.create_index("ix_ledger_events_kind", "ledger_events", ["kind", "session"])


def _create_values() -> None:
    op.create_table(
        "ledger_values",
        sa.Column("n", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["n"], ["ledger_events.n"], name="fk_ledger_values_n_ledger_events"
        ),
        sa.PrimaryKeyConstraint("n", name="pk_ledger_values"),
    )
    op.create_table(
        "ledger_erasures",
        sa.Column("n", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("recorded_n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["n"], ["ledger_events.n"], name="fk_ledger_erasures_n_ledger_events"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_n"],
            ["ledger_events.n"],
            name="fk_ledger_erasures_recorded_n_ledger_events",
        ),
        sa.PrimaryKeyConstraint("n", name="pk_ledger_erasures"),
    )


def _create_disputed() -> None:
    op.create_table(
        "ledger_disputed",
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("content_sha256", name="pk_ledger_disputed"),
    )


def downgrade() -> None:
    """Going back would delete what people wrote down."""
    message = "the ledger can't be undone: that would delete what people wrote down"
    raise RuntimeError(message)
