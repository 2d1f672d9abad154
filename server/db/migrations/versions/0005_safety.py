"""Limits that a clinician signs, phones to call, and the wording that a study licensed."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0005"
down_revision = "0004"

APPEND_ONLY = ("safety_proposals", "safety_signatures", "emergency_phones", "anchor_packs")


def upgrade() -> None:
    _create_limits()
    _create_lists()
    for table in APPEND_ONLY:
        make_append_only(op.get_bind(), table)


def _create_limits() -> None:
    op.create_table(
        "safety_proposals",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_safety_proposals"),
    )
    op.create_table(
        "safety_signatures",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("qualification", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"],
            ["safety_proposals.number"],
            name="fk_safety_signatures_number_safety_proposals",
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["people.name"], name="fk_safety_signatures_signed_by_people"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_safety_signatures"),
    )


def _create_lists() -> None:
    op.create_table(
        "emergency_phones",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_emergency_phones"),
    )
    op.create_table(
        "anchor_packs",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_anchor_packs"),
    )


def downgrade() -> None:
    """Going back would delete what a clinician signed."""
    message = "signatures can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
