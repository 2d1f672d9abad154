"""Tablets: enrolled, revoked, heard of last, and what revoked ones handed in."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0023"
down_revision = "0022"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = (
    "tablets",
    "tablet_revocations",
    "tablet_rules",
    "tablet_last_entries",
    "tablet_decisions",
    "tablet_events",
)


def upgrade() -> None:
    _create_tablets()
    _create_rules()
    _create_contacts()
    _create_last_entries()
    _create_decisions()
    op.create_table(
        "tablet_events",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("happened_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tablet_events"),
    )
    for table in APPEND_ONLY:
        make_append_only(op.get_bind(), table)


def _create_tablets() -> None:
    op.create_table(
        "tablets",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("credential_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_by", sa.String(), nullable=False),
        sa.Column("enrolled_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_tablets"),
        sa.UniqueConstraint("credential_sha256", name="uq_tablets_credential_sha256"),
    )
    op.create_table(
        "tablet_revocations",
        sa.Column("tablet", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revoked_by", sa.String(), nullable=False),
        sa.Column("revoked_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tablet", name="pk_tablet_revocations"),
        _refer_to_tablet("tablet_revocations"),
        sa.CheckConstraint("reason <> ''", name="ck_tablet_revocations_reasoned"),
    )


def _create_rules() -> None:
    op.create_table(
        "tablet_rules",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_tablet_rules"),
    )


def _create_contacts() -> None:
    op.create_table(
        "tablet_contacts",
        sa.Column("tablet", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seen_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("left_wall_ns", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("tablet", name="pk_tablet_contacts"),
        _refer_to_tablet("tablet_contacts"),
    )


def _create_last_entries() -> None:
    op.create_table(
        "tablet_last_entries",
        sa.Column("tablet", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("envelope", sa.String(), nullable=False),
        sa.Column("taken_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tablet", "id", name="pk_tablet_last_entries"),
        _refer_to_tablet("tablet_last_entries"),
    )


def _create_decisions() -> None:
    op.create_table(
        "tablet_decisions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("tablet", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("n_stored", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tablet_decisions"),
        _refer_to_tablet("tablet_decisions"),
        sa.CheckConstraint("reason <> ''", name="ck_tablet_decisions_reasoned"),
    )
    op.create_index("ix_tablet_decisions_tablet", "tablet_decisions", ["tablet"])


def _refer_to_tablet(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tablet"], ["tablets.number"], name=f"fk_{table}_tablet_tablets"
    )


def downgrade() -> None:
    """Going back would delete which tablets were revoked."""
    message = "tablets can't be forgotten; restore a backup of the older version instead"
    raise RuntimeError(message)
