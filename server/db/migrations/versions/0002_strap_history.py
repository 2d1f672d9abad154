"""What is changed of a strap is added to its history; the row it began with stays as it was.

And no row of an append-only table can be replaced by another program any more.
"""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only, refuse_replacing

revision = "0002"
down_revision = "0001"

APPEND_ONLY = ("straps", "strap_history")
REPLACEABLE = (  # since 0001
    "archive_streams",
    "archive_runs",
    "archive_chunks",
    "archive_gaps",
    "archive_quarantine",
)


def upgrade() -> None:
    op.create_table(
        "strap_history",
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changed_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("old_label", sa.String(), nullable=True),
        sa.Column("new_label", sa.String(), nullable=True),
        sa.Column("old_streams", sa.String(), nullable=False),
        sa.Column("new_streams", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("number >= 1", name="ck_strap_history_counted"),
        sa.CheckConstraint("reason <> ''", name="ck_strap_history_reasoned"),
        sa.ForeignKeyConstraint(
            ["serial"], ["straps.serial"], name="fk_strap_history_serial_straps"
        ),
        sa.PrimaryKeyConstraint("serial", "number", name="pk_strap_history"),
    )
    for table in APPEND_ONLY:
        make_append_only(op.get_bind(), table)
    for table in REPLACEABLE:
        refuse_replacing(op.get_bind(), table)


def downgrade() -> None:
    """Going back would forget who withdrew consent."""
    message = "the history of straps can't be undone: gateways would record what was withdrawn"
    raise RuntimeError(message)
