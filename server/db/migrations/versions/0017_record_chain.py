"""One hash chain over records of decisions; what is there already is chained as it is now."""

import os

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only
from server.sessions.chain import EMPTY, SALT_BYTES, Head
from server.study.record_link import AFTERWARDS, make_link

revision = "0017"
down_revision = "0016"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Table, key, and when a row was stored; of one moment in this order.
_THERE = (
    ("recipients", "name", "recorded_wall_ns"),
    ("handed_out", "number", "recorded_wall_ns"),
    ("datasets_taken", "number", "taken_wall_ns"),
    ("analysis_records", "number", "recorded_wall_ns"),
)


def upgrade() -> None:
    links = op.create_table(
        "record_chain",
        sa.Column("n", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_record_chain"),
        sa.UniqueConstraint("id", name="uq_record_chain_id"),
    )
    _chain_what_is_there(links)
    make_append_only(op.get_bind(), "record_chain")


def _chain_what_is_there(links: sa.Table) -> None:
    head = EMPTY
    for table, key, row in _read_rows():
        salt = os.urandom(SALT_BYTES)
        link = make_link(head, table, str(row[key]), row, salt, AFTERWARDS)
        op.get_bind().execute(links.insert(), [link])
        head = Head(link["n"], link["hash"])


def _read_rows() -> list[tuple[str, str, dict[str, object]]]:
    """By when they were stored: a row comes after what it refers to."""
    found = []
    for place, (table, key, moment) in enumerate(_THERE):
        rows = op.get_bind().execute(sa.text(f"SELECT * FROM {table}")).mappings()  # noqa: S608
        found += [((row[moment], place, row[key]), table, key, dict(row)) for row in rows]
    return [told for _, *told in sorted(found, key=lambda one: one[0])]  # type: ignore[misc]


def downgrade() -> None:
    """Going back would delete what vouches for the records."""
    message = "a chain can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
