"""Plans of the analysis and the lock of its data: appended to in a chain, never changed."""

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, select

from server.db.database import Database
from server.errors import ConflictError, RuleError
from server.study.record_chain import append_numbered
from server.study.tables import ANALYSIS_RECORDS

NO_PLAN: Final = "there is no plan yet; register it with 'analysis plan' before the lock"


class RecordKind(StrEnum):
    """What was said of the analysis."""

    PLAN = "plan"  # its text
    LOCK = "lock"  # the data as they were then, with the plan they were locked under


@dataclass(frozen=True, slots=True)
class AnalysisRecord:
    """`sha256` is of what `content` says. `reason`: why data were locked, or a plan replaced."""

    number: int
    kind: RecordKind
    sha256: str
    content: str
    reason: str | None
    recorded_by: str
    recorded_wall_ns: int


def add_plan(database: Database, text: str, sha256: str, reason: str | None, by: str) -> bool:
    """False when this plan is in force already.

    Raises RuleError for another plan without a reason, ConflictError after the lock: from then on
    a plan is a departure, and stands in the report.
    """
    with database.writing() as connection:
        if find_record(connection, RecordKind.LOCK) is not None:
            raise ConflictError("the data are locked; what is run otherwise now is a departure")
        known = find_record(connection, RecordKind.PLAN)
        if known is not None and known.sha256 == sha256:
            return False
        if known is not None and not (reason or "").strip():
            raise RuleError("the study has a plan; to replace it give --reason")
        _append(connection, RecordKind.PLAN, sha256, text, reason, by)
    return True


def lock_data(
    connection: Connection, content: str, sha256: str, reason: str | None, by: str
) -> None:
    """Raises RuleError without a plan, ConflictError where the data are locked already."""
    if find_record(connection, RecordKind.PLAN) is None:
        raise RuleError(NO_PLAN)
    if find_record(connection, RecordKind.LOCK) is not None:
        raise ConflictError("the data are locked already; nothing was changed")
    _append(connection, RecordKind.LOCK, sha256, content, reason, by)


def find_record(connection: Connection, kind: RecordKind) -> AnalysisRecord | None:
    """The newest of a kind."""
    query = select(ANALYSIS_RECORDS).where(ANALYSIS_RECORDS.c.kind == kind.value)
    row = connection.execute(query.order_by(ANALYSIS_RECORDS.c.number.desc())).first()
    return None if row is None else _read(row)


def read_records(connection: Connection, kind: RecordKind) -> list[AnalysisRecord]:
    """All of a kind, the oldest first."""
    query = select(ANALYSIS_RECORDS).where(ANALYSIS_RECORDS.c.kind == kind.value)
    return [_read(row) for row in connection.execute(query.order_by(ANALYSIS_RECORDS.c.number))]


def _read(row: Any) -> AnalysisRecord:
    return AnalysisRecord(
        row.number, RecordKind(row.kind), row.sha256, row.content, row.reason,
        row.recorded_by, row.recorded_wall_ns,
    )  # fmt: skip


def _append(
    connection: Connection,
    kind: RecordKind,
    sha256: str,
    content: str,
    reason: str | None,
    by: str,
) -> None:
    row = {
        "kind": kind.value,
        "sha256": sha256,
        "content": content,
        "reason": reason,
        "recorded_by": by,
        "recorded_wall_ns": time.time_ns(),
    }
    append_numbered(connection, ANALYSIS_RECORDS, row)
