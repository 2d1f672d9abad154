"""The time zone in which a study's days begin and end."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "study_zones",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "number = 1 OR (reason IS NOT NULL AND reason <> '')", name="ck_study_zones_reasoned"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_study_zones"),
    )
    make_append_only(op.get_bind(), "study_zones")


def downgrade() -> None:
    """Going back would delete how study days were counted."""
    message = "a time zone can't be unsaid; restore a backup of the older version instead"
    raise RuntimeError(message)
