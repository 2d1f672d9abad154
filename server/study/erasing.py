"""Erases what a fact says, by a decision that is itself a fact (promises 5.6).

The act stays: who entered when about whom. Salt and content go, and the chain still verifies.
"""

from sqlalchemy import Connection, delete, insert

from protocol.ledger.instants import format_utc_ms
from server.errors import NotFoundError, RuleError
from server.study.entering import Recorder
from server.study.fact_kind import FactKind
from server.study.facts import (
    NewFact,
    append_facts,
    lock_facts,
    read_fact,
    read_facts_head,
)
from server.study.tables import STUDY_FACT_ERASURES, STUDY_FACT_VALUES


def erase_fact(connection: Connection, fact_id: str, reason: str, recorder: Recorder) -> int:
    """Delete the content of one fact; its place in the chain. Who decided it and why is kept.

    Raises NotFoundError for an id that there isn't, RuleError without a reason or for one that is
    erased already.
    """
    lock_facts(connection)
    if connection.dialect.name == "sqlite":
        # What is deleted is overwritten with zeros, not only forgotten.
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    fact = read_fact(connection, fact_id)
    if fact is None:
        raise NotFoundError(f"there is no fact {fact_id}")
    if fact.is_erased or not reason.strip():
        raise RuleError("an erasure needs a reason, and a fact that is still there")
    decision = NewFact(
        recorder.make_id(), FactKind.ERASED, fact.id, 1, {}, reason.strip(), corrects=False
    )
    recorded = (format_utc_ms(recorder.wall_ms), recorder.name)
    append_facts(connection, [decision], recorded, recorder.salts)
    row = {"n": fact.n, "recorded_n": read_facts_head(connection).n}
    connection.execute(insert(STUDY_FACT_ERASURES), [row])
    connection.execute(delete(STUDY_FACT_VALUES).where(STUDY_FACT_VALUES.c.n == fact.n))
    return fact.n
