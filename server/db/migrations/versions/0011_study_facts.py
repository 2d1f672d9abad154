"""What was measured of participants, drawn from them and found in it."""

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only
from server.db.erasable import make_erasable

revision = "0011"
down_revision = "0010"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "study_facts",
        sa.Column("n", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_study_facts"),
        sa.UniqueConstraint("id", name="uq_study_facts_id"),
        sa.UniqueConstraint("kind", "about", "number", name="uq_study_facts_thing"),
    )
    _create_values()
    for table in ("study_facts", "study_fact_erasures"):
        make_append_only(op.get_bind(), table)
    make_erasable(op.get_bind(), "study_fact_values", record="study_fact_erasures")


def _create_values() -> None:
    op.create_table(
        "study_fact_values",
        sa.Column("n", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("corrects", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "NOT corrects OR (reason IS NOT NULL AND reason <> '')",
            name="ck_study_fact_values_reasoned",
        ),
        sa.ForeignKeyConstraint(
            ["n"], ["study_facts.n"], name="fk_study_fact_values_n_study_facts"
        ),
        sa.PrimaryKeyConstraint("n", name="pk_study_fact_values"),
    )
    op.create_table(
        "study_fact_erasures",
        sa.Column("n", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("recorded_n", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["n"], ["study_facts.n"], name="fk_study_fact_erasures_n_study_facts"
        ),
        sa.ForeignKeyConstraint(
            ["recorded_n"],
            ["study_facts.n"],
            name="fk_study_fact_erasures_recorded_n_study_facts",
        ),
        sa.PrimaryKeyConstraint("n", name="pk_study_fact_erasures"),
    )


def downgrade() -> None:
    """Going back would delete what was measured."""
    message = "measurements can't be thrown away; restore a backup of the older version instead"
    raise RuntimeError(message)
