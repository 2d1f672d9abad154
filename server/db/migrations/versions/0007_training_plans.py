"""Training plans that a study wrote itself."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "training_plans",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_training_plans"),
    )
    make_append_only(op.get_bind(), "training_plans")


def downgrade() -> None:
    """Going back would delete the plans that sessions were planned by."""
    message = "plans can't be thrown away; restore a backup of the older version instead"
    raise RuntimeError(message)
