"""The plan in force and the lock, as the chain of records vouches for them."""

from dataclasses import dataclass

from sqlalchemy import Connection

from server.analysis.locked_data import read_locked
from server.analysis.plan import AnalysisPlan
from server.analysis.study_frame import StudyFrame
from server.errors import RuleError
from server.study.analysis_records import AnalysisRecord, RecordKind, find_record
from server.study.record_chain import require_table_whole
from server.study.tables import ANALYSIS_RECORDS


@dataclass(frozen=True, slots=True)
class InForce:
    """`plan` None: nobody put one in force. `locked` are the data of `lock`, both or none."""

    plan: AnalysisPlan | None
    record: AnalysisRecord | None
    lock: AnalysisRecord | None
    locked: StudyFrame | None


def read_in_force(connection: Connection) -> InForce:
    """Raises RuleError where a plan or lock was changed, taken away or slipped in, and where the
    data were locked under another plan than the one that is in force now.
    """
    record = find_record(connection, RecordKind.PLAN)
    lock = find_record(connection, RecordKind.LOCK)
    require_table_whole(connection, ANALYSIS_RECORDS)
    plan = None if record is None else _read_plan(record)
    locked = None if lock is None else _read_lock(lock)
    under = None if locked is None else locked.plan_sha256  # locks of before don't say it
    if under is not None and (plan is None or plan.sha256 != under):
        raise RuleError(
            "the data were locked under another plan than the one in force; restore the study"
            " from a backup"
        )
    return InForce(plan, record, lock, locked)


def _read_plan(record: AnalysisRecord) -> AnalysisPlan:
    plan = AnalysisPlan.from_toml(record.content)
    if plan.sha256 != record.sha256:
        raise RuleError(
            f"the plan in force (analysis_records/{record.number}) doesn't say what was"
            " registered; restore the study from a backup"
        )
    return plan


def _read_lock(lock: AnalysisRecord) -> StudyFrame:
    told = read_locked(lock.content)
    if told.sha256 != lock.sha256:
        raise RuleError("the locked data aren't what was locked; restore the study from a backup")
    return told
