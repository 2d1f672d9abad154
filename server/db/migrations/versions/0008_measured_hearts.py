"""Resting and maximum heart rates, as they were measured."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "measured_hearts",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rest_bpm", sa.Float(), nullable=False),
        sa.Column("max_bpm", sa.Float(), nullable=True),
        sa.Column("age_years", sa.Float(), nullable=True),
        sa.Column("formula", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("vt1_bpm", sa.Float(), nullable=True),
        sa.Column("vt2_bpm", sa.Float(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "number = 1 OR (reason IS NOT NULL AND reason <> '')",
            name="ck_measured_hearts_reasoned",
        ),
        sa.PrimaryKeyConstraint("code", "number", name="pk_measured_hearts"),
    )
    make_append_only(op.get_bind(), "measured_hearts")


def downgrade() -> None:
    """Going back would delete what was measured."""
    message = "measurements can't be thrown away; restore a backup of the older version instead"
    raise RuntimeError(message)
