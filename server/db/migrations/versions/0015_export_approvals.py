"""Who asked to give away more than goes out to everybody, and which second person decided."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0015"
down_revision = "0014"

_UNAPPROVED = "handed_out: what was approved needs its approval"


def upgrade() -> None:
    _create_requests()
    _create_decisions()
    for table in ("approval_requests", "approval_decisions"):
        make_append_only(op.get_bind(), table)
    op.execute(
        "ALTER TABLE handed_out ADD COLUMN approval INTEGER"
        " CONSTRAINT fk_handed_out_approval_approval_requests"
        " REFERENCES approval_requests (number)"
    )
    _require_approval()


def _create_requests() -> None:
    op.create_table(
        "approval_requests",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("approved", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("smallest_group", sa.Integer(), nullable=True),
        sa.Column("in_small_groups", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_wall_ns", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("approved <> '' AND reason <> ''", name="ck_approval_requests_said"),
        sa.ForeignKeyConstraint(
            ["recipient"], ["recipients.name"], name="fk_approval_requests_recipient_recipients"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_approval_requests"),
        sa.UniqueConstraint("number", "asked_by", name="uq_approval_requests_asked"),
    )


def _create_decisions() -> None:
    op.create_table(
        "approval_decisions",
        sa.Column("request", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_wall_ns", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("decided_by <> asked_by", name="ck_approval_decisions_second_person"),
        sa.CheckConstraint(
            "decision = 'approved' OR"
            " (decision = 'refused' AND reason IS NOT NULL AND reason <> '')",
            name="ck_approval_decisions_known",
        ),
        sa.ForeignKeyConstraint(
            ["request", "asked_by"],
            ["approval_requests.number", "approval_requests.asked_by"],
            name="fk_approval_decisions_request",
        ),
        sa.PrimaryKeyConstraint("request", name="pk_approval_decisions"),
    )


def _require_approval() -> None:
    """Of rows from now on: those before were approved by whoever built them."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER handed_out_refuses_unapproved BEFORE INSERT ON handed_out "
            "WHEN NEW.approved <> '' AND NEW.approval IS NULL "
            f"BEGIN SELECT RAISE(ABORT, '{_UNAPPROVED}'); END"
        )
        return
    op.execute(
        "ALTER TABLE handed_out ADD CONSTRAINT ck_handed_out_second_person"
        " CHECK (approved = '' OR approval IS NOT NULL) NOT VALID"
    )


def downgrade() -> None:
    """Going back would delete who approved what."""
    message = "approvals can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
