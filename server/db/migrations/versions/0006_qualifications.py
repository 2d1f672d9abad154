"""What staff are trained as: each statement is added, none replaces another."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "people_qualifications",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("qualification", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.name"], name="fk_people_qualifications_person_people"
        ),
        sa.PrimaryKeyConstraint("person", "number", name="pk_people_qualifications"),
    )
    make_append_only(op.get_bind(), "people_qualifications")


def downgrade() -> None:
    """Going back would delete who said what."""
    message = "qualifications can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
