"""What printed sheets prescribe, so that a copy follows the sheet that somebody wrote on."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "sheet_prints",
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("session", "code", name="pk_sheet_prints"),
    )
    make_append_only(op.get_bind(), "sheet_prints")


def downgrade() -> None:
    """Going back would delete what sheets said that are still to be copied."""
    message = "a sheet can't be unprinted; restore a backup of the older version instead"
    raise RuntimeError(message)
