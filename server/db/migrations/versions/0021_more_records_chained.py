"""Participants, measured hearts, quality decisions and own sentences join the chain of records.

What is there already is chained as it is now; a sentence can be erased from now on.
"""

import os
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from server.db.append_only import make_append_only
from server.db.erasable import make_erasable
from server.sessions.chain import EMPTY, SALT_BYTES, Head
from server.study.record_link import AFTERWARDS, make_link

revision = "0021"
down_revision = "0020"

# Table, and when a row was stored; of one moment in this order.
_THERE = (
    ("participant_entries", "recorded_wall_ns"),
    ("measured_hearts", "recorded_wall_ns"),
    ("quality_decisions", "decided_wall_ns"),
    ("reporting_sentences", "recorded_wall_ns"),
)
_SENTENCE = "record_name = 'reporting_sentences/' || OLD.item || '/' || OLD.number"


def upgrade() -> None:
    op.create_table(
        "record_erasures",
        sa.Column("record_name", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_wall_ns", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reason <> ''", name="ck_record_erasures_reasoned"),
        sa.PrimaryKeyConstraint("record_name", name="pk_record_erasures"),
    )
    make_append_only(op.get_bind(), "record_erasures")
    _give_sentences_salts()
    _chain_what_is_there()


def _give_sentences_salts() -> None:
    """A link of what can be erased takes its salt from the row, with which it goes."""
    bind = op.get_bind()
    _drop_triggers(bind)
    op.add_column("reporting_sentences", sa.Column("salt", sa.LargeBinary(), nullable=True))
    sentences = _reflect("reporting_sentences")
    for row in bind.execute(sa.select(sentences.c.item, sentences.c.number)).all():
        same = (sentences.c.item == row.item, sentences.c.number == row.number)
        salt = os.urandom(SALT_BYTES)
        bind.execute(sa.update(sentences).where(*same).values(salt=salt))
    make_erasable(bind, "reporting_sentences", record="record_erasures", named=_SENTENCE)


def _drop_triggers(bind: sa.Connection) -> None:
    """Those of a table that could never lose a row."""
    if bind.dialect.name == "sqlite":
        for verb in ("update", "delete", "replace"):
            op.execute(f"DROP TRIGGER reporting_sentences_refuses_{verb}")
        return
    for verb in ("change", "truncate"):
        op.execute(f"DROP TRIGGER reporting_sentences_refuses_{verb} ON reporting_sentences")


def _chain_what_is_there() -> None:
    bind = op.get_bind()
    links = _reflect("record_chain")
    newest = sa.select(links.c.n, links.c.hash).order_by(links.c.n.desc()).limit(1)
    row = bind.execute(newest).first()
    head = EMPTY if row is None else Head(row.n, bytes(row.hash))
    for table, key, told in _list_rows():
        link = make_link(head, table, key, told, os.urandom(SALT_BYTES), AFTERWARDS)
        bind.execute(links.insert(), [link])
        head = Head(link["n"], link["hash"])


def _list_rows() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """By when they were stored, and of one moment by table and key."""
    found = []
    for place, (name, moment) in enumerate(_THERE):
        table = _reflect(name)
        keys = [column.name for column in table.primary_key.columns]
        for row in map(dict, op.get_bind().execute(sa.select(table)).mappings()):
            of = [row[key] for key in keys]
            found.append(((row[moment], place, of), name, "/".join(map(str, of)), row))
    for _, name, key, row in sorted(found, key=lambda one: one[0]):
        yield name, key, row


def _reflect(name: str) -> sa.Table:
    """As it is in the database now, whatever the program says of it by then."""
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


def downgrade() -> None:
    """Going back would delete what vouches for the records."""
    message = "a chain can't be undone; restore a backup of the older version instead"
    raise RuntimeError(message)
