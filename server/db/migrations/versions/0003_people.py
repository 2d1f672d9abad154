"""Staff, their sign-in sessions, their trail; participants, by code."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0003"
down_revision = "0002"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
APPEND_ONLY = ("people_events", "participant_entries")


def upgrade() -> None:
    _create_people()
    _create_sessions()
    _create_participants()
    for table in APPEND_ONLY:
        make_append_only(op.get_bind(), table)


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_argon2", sa.String(), nullable=False),
        sa.Column("pin_argon2", sa.String(), nullable=True),
        sa.Column("verifier_salt", sa.LargeBinary(), nullable=True),
        sa.Column("verifier_iterations", sa.Integer(), nullable=True),
        sa.Column("verifier_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("added_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("disabled_wall_ns", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_people"),
    )
    op.create_table(
        "people_events",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("happened_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("device", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_people_events"),
    )
    op.create_index("ix_people_events_person", "people_events", ["person"])


def _create_sessions() -> None:
    op.create_table(
        "sign_in_sessions",
        sa.Column("id_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("on_tablet", sa.Boolean(), nullable=False),
        sa.Column("active", sa.String(), nullable=False),
        sa.Column("signed_in_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("seen_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("ended_wall_ns", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"], ["people.name"], name="fk_sign_in_sessions_person_people"
        ),
        sa.ForeignKeyConstraint(
            ["active"], ["people.name"], name="fk_sign_in_sessions_active_people"
        ),
        sa.PrimaryKeyConstraint("id_sha256", name="pk_sign_in_sessions"),
    )
    op.create_index("ix_sign_in_sessions_person", "sign_in_sessions", ["person"])
    op.create_table(
        "sign_in_actors",
        sa.Column("id_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("added_wall_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id_sha256"],
            ["sign_in_sessions.id_sha256"],
            name="fk_sign_in_actors_id_sha256_sign_in_sessions",
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.name"], name="fk_sign_in_actors_person_people"
        ),
        sa.PrimaryKeyConstraint("id_sha256", "person", name="pk_sign_in_actors"),
    )
    op.create_index("ix_sign_in_actors_person", "sign_in_actors", ["person"])


def _create_participants() -> None:
    op.create_table(
        "participant_entries",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sign", sa.String(), nullable=False),
        sa.Column("arm", sa.String(), nullable=False),
        sa.Column("heat_sensitive", sa.Boolean(), nullable=False),
        sa.Column("hr_unreliable", sa.Boolean(), nullable=False),
        sa.Column("usual_strap", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(number = 1 AND reason IS NULL)"
            " OR (number > 1 AND reason IS NOT NULL AND reason <> '')",
            name="ck_participant_entries_reasoned",
        ),
        sa.ForeignKeyConstraint(
            ["usual_strap"], ["straps.serial"], name="fk_participant_entries_usual_strap_straps"
        ),
        sa.PrimaryKeyConstraint("code", "number", name="pk_participant_entries"),
    )


def downgrade() -> None:
    """Going back would delete who did what."""
    message = "staff and their trail can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
