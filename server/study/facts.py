"""Facts of a study in one hash chain: what was measured, drawn and found; added, never changed.

The chain is the ledger's (`server.sessions.chain`): a row commits to what it says, so that salt
and content can be erased by a recorded decision and the chain still verifies (decision 0039).
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, insert, select

from protocol.ledger.canonical import encode_canonical
from server.sessions.audit import AuditedRow
from server.sessions.audited_rows import make_audited_row
from server.sessions.chain import EMPTY, SALT_BYTES, Head, commit_content, extend_chain
from server.study.answers_json import read_answers, write_answers
from server.study.fact_kind import FactKind
from server.study.fields.field import Answers
from server.study.tables import STUDY_FACT_ERASURES, STUDY_FACT_VALUES, STUDY_FACTS

FACTS_LOCK: Final = 0x646F7366  # "dosf": one appender at a time, so that the order is one

Salts = Callable[[int], bytes]  # that many random bytes


@dataclass(frozen=True, slots=True)
class NewFact:
    """`number` counts what was said of the same thing; `corrects` needs a reason."""

    id: str
    kind: FactKind
    about: str
    number: int
    answers: Answers
    reason: str | None
    corrects: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """As it is stored. `is_erased`: what it said is gone, by decision."""

    n: int
    id: str
    kind: FactKind
    about: str
    number: int
    recorded_at: str
    recorded_by: str
    answers: Answers = field(default_factory=dict)
    reason: str | None = None
    corrects: bool = False
    is_erased: bool = False


def lock_facts(connection: Connection) -> None:
    """Hold the facts until the transaction ends. SQLite's writing transactions do already."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({FACTS_LOCK})")


def append_facts(
    connection: Connection, new: Sequence[NewFact], recorded: tuple[str, str], salts: Salts
) -> None:
    """Store them in this order; `recorded` is when (UTC text) and by whom. Call `lock_facts` first.

    Raises sqlalchemy's IntegrityError for an id or a number that is taken.
    """
    head = read_facts_head(connection)
    for one in new:
        envelope = _make_envelope(one, recorded)
        content = write_answers(one.answers)
        salt = salts(SALT_BYTES)
        commitment = commit_content(salt, content, one.reason)
        head = extend_chain(head, envelope, commitment)
        row = {
            "n": head.n,
            **{name: envelope[name] for name in ("id", "kind", "about", "number")},
            "envelope": encode_canonical(envelope).decode(),
            "commitment": commitment,
            "hash": head.hash,
        }
        connection.execute(insert(STUDY_FACTS), [row])
        value = {
            "n": head.n,
            "salt": salt,
            "value": encode_canonical(content).decode(),
            "reason": one.reason,
            "corrects": one.corrects,
        }
        connection.execute(insert(STUDY_FACT_VALUES), [value])


def read_facts_head(connection: Connection) -> Head:
    """The last row of the chain."""
    newest = select(STUDY_FACTS.c.n, STUDY_FACTS.c.hash).order_by(STUDY_FACTS.c.n.desc()).limit(1)
    row = connection.execute(newest).first()
    return EMPTY if row is None else Head(row.n, bytes(row.hash))


def read_facts(connection: Connection, *kinds: FactKind) -> list[Fact]:
    """All of these kinds (none named: all there are), in their order."""
    query = _STORED.order_by(STUDY_FACTS.c.n)
    if kinds:
        query = query.where(STUDY_FACTS.c.kind.in_([kind.value for kind in kinds]))
    return [_read(row) for row in connection.execute(query)]


def read_fact(connection: Connection, fact_id: str) -> Fact | None:
    """The one of this id."""
    row = connection.execute(_STORED.where(STUDY_FACTS.c.id == fact_id)).first()
    return None if row is None else _read(row)


def read_audited_facts(connection: Connection) -> Iterator[AuditedRow]:
    """Every row as `server.sessions.audit.check_chain` takes it."""
    query = (
        select(STUDY_FACTS, *_VALUES, STUDY_FACT_VALUES.c.salt, STUDY_FACT_ERASURES.c.recorded_n)
        .outerjoin(STUDY_FACT_VALUES, STUDY_FACT_VALUES.c.n == STUDY_FACTS.c.n)
        .outerjoin(STUDY_FACT_ERASURES, STUDY_FACT_ERASURES.c.n == STUDY_FACTS.c.n)
        .order_by(STUDY_FACTS.c.n)
    )
    for row in connection.execute(query):
        yield make_audited_row(row, None)


def find_number(connection: Connection, kind: FactKind, about: str) -> int:
    """How often something was said of this thing."""
    same = (STUDY_FACTS.c.kind == kind.value, STUDY_FACTS.c.about == about)
    return connection.execute(select(func.max(STUDY_FACTS.c.number)).where(*same)).scalar() or 0


_VALUES: Final = (
    STUDY_FACT_VALUES.c.value,
    STUDY_FACT_VALUES.c.reason,
    STUDY_FACT_VALUES.c.corrects,
)
_STORED: Final[Select[Any]] = select(STUDY_FACTS, *_VALUES).outerjoin(
    STUDY_FACT_VALUES, STUDY_FACT_VALUES.c.n == STUDY_FACTS.c.n
)


def _make_envelope(one: NewFact, recorded: tuple[str, str]) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "about": one.about,
        "number": one.number,
        "recorded_at": recorded[0],
        "recorded_by": recorded[1],
    }


def _read(row: Row[Any]) -> Fact:
    envelope = json.loads(row.envelope)
    made = (row.n, row.id, FactKind(row.kind), row.about, row.number)
    recorded = (envelope["recorded_at"], envelope["recorded_by"])
    if row.value is None:
        return Fact(*made, *recorded, is_erased=True)
    answers = read_answers(json.loads(row.value))
    return Fact(*made, *recorded, answers, row.reason, row.corrects)
