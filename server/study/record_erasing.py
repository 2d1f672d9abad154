"""Erases a sentence of the study's own, by a decision that is itself in the chain (promises 5.6).

The act stays: which sentence it was, who said it and when. Salt and words go.
"""

import time

from sqlalchemy import Connection, delete

from server.errors import NotFoundError, RuleError
from server.study.record_chain import append_record, lock_records
from server.study.record_link import name_record
from server.study.record_tables import RECORD_ERASURES
from server.study.reporting_sentences import OwnSentence, read_histories
from server.study.tables import REPORTING_SENTENCES


def find_sentence(connection: Connection, item: str, number: int) -> OwnSentence:
    """One that is still there. Raises NotFoundError."""
    for one in read_histories(connection).get(item, []):
        if one.number == number:
            return one
    raise NotFoundError(f"{item} has no sentence {number}, or it is erased already")


def erase_sentence(
    connection: Connection, item: str, number: int, reason: str, recorded_by: str
) -> None:
    """What it said goes; who decided that, and why, is kept.

    Raises NotFoundError, and RuleError without a reason.
    """
    if not reason.strip():
        raise RuleError("an erasure needs a reason: who decided it, and why")
    lock_records(connection)
    if connection.dialect.name == "sqlite":
        # What is deleted is overwritten with zeros, not only forgotten.
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    find_sentence(connection, item, number)
    decision = {
        "record_name": name_record(REPORTING_SENTENCES.name, f"{item}/{number}"),
        "reason": reason.strip(),
        "recorded_by": recorded_by,
        "recorded_wall_ns": time.time_ns(),
    }
    append_record(connection, RECORD_ERASURES, decision)
    same = (REPORTING_SENTENCES.c.item == item, REPORTING_SENTENCES.c.number == number)
    connection.execute(delete(REPORTING_SENTENCES).where(*same))
