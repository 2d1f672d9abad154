"""Who took which dataset from the console, and when."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "datasets_taken",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("handed_out", sa.Integer(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("taken_wall_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handed_out"], ["handed_out.number"], name="fk_datasets_taken_handed_out_handed_out"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_datasets_taken"),
    )
    make_append_only(op.get_bind(), "datasets_taken")


def downgrade() -> None:
    """Going back would delete who took what."""
    message = "what was taken can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
