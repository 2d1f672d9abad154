"""Participants' own way in: codes, sessions, PINs, and the trail of them."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0019"
down_revision = "0018"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_codes()
    _create_sessions()
    op.create_table(
        "participant_pins",
        sa.Column("participant", sa.String(), nullable=False),
        sa.Column("pin_argon2", sa.String(), nullable=False),
        sa.Column("set_wall_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("participant", name="pk_participant_pins"),
    )
    _create_events()


def _create_codes() -> None:
    op.create_table(
        "participant_codes",
        sa.Column("code_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("participant", sa.String(), nullable=False),
        sa.Column("handed_over", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("used_wall_ns", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_wall_ns", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("code_sha256", name="pk_participant_codes"),
    )
    op.create_index("ix_participant_codes_participant", "participant_codes", ["participant"])


def _create_sessions() -> None:
    op.create_table(
        "participant_sessions",
        sa.Column("id_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participant", sa.String(), nullable=False),
        sa.Column("handed_over", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("begun_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("seen_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("unlocked_wall_ns", sa.BigInteger(), nullable=True),
        sa.Column("ended_wall_ns", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id_sha256", name="pk_participant_sessions"),
        sa.UniqueConstraint("number", name="uq_participant_sessions_number"),
    )
    op.create_index("ix_participant_sessions_participant", "participant_sessions", ["participant"])


def _create_events() -> None:
    op.create_table(
        "participant_access_events",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("happened_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("participant", sa.String(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_participant_access_events"),
    )
    op.create_index(
        "ix_participant_access_events_participant", "participant_access_events", ["participant"]
    )
    make_append_only(op.get_bind(), "participant_access_events")


def downgrade() -> None:
    """Going back would delete who opened what."""
    message = "what was opened can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
