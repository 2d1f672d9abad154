"""The study's own sentences for the items of reporting checklists."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "reporting_sentences",
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("applies", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("text <> ''", name="ck_reporting_sentences_said"),
        sa.CheckConstraint(
            "number = 1 OR (reason IS NOT NULL AND reason <> '')",
            name="ck_reporting_sentences_reasoned",
        ),
        sa.PrimaryKeyConstraint("item", "number", name="pk_reporting_sentences"),
    )
    make_append_only(op.get_bind(), "reporting_sentences")


def downgrade() -> None:
    """Going back would delete what the study said of itself."""
    message = "sentences can't be unsaid; restore a backup of the older version instead"
    raise RuntimeError(message)
