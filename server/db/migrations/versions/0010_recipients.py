"""Who is given datasets, and what she was given."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "recipients",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key_fingerprint", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_recipients"),
        sa.UniqueConstraint("key_fingerprint", name="uq_recipients_key_fingerprint"),
    )
    op.create_table(
        "handed_out",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("approved", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("manifest_sha256", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "approved = '' OR (reason IS NOT NULL AND reason <> '')",
            name="ck_handed_out_reasoned",
        ),
        sa.ForeignKeyConstraint(
            ["recipient"], ["recipients.name"], name="fk_handed_out_recipient_recipients"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_handed_out"),
    )
    for table in ("recipients", "handed_out"):
        make_append_only(op.get_bind(), table)


def downgrade() -> None:
    """Going back would delete who was given what."""
    message = "what was handed out can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
