"""What people decided of findings in the quality queue."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "quality_decisions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("evidence_sha256", sa.String(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_wall_ns", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('accepted', 'left', 'reopened')", name="ck_quality_decisions_known"
        ),
        sa.CheckConstraint(
            "decision = 'accepted' OR (reason IS NOT NULL AND reason <> '')",
            name="ck_quality_decisions_reasoned",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_quality_decisions"),
    )
    make_append_only(op.get_bind(), "quality_decisions")


def downgrade() -> None:
    """Going back would delete what people decided."""
    message = "decisions can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
