"""Plans of the analysis and the lock of its data."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "analysis_records",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('plan', 'lock')", name="ck_analysis_records_known"),
        sa.PrimaryKeyConstraint("number", name="pk_analysis_records"),
    )
    make_append_only(op.get_bind(), "analysis_records")


def downgrade() -> None:
    """Going back would delete what was planned before anybody saw an outcome."""
    message = "plans can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
