"""The lock of a study's data under the plan in force: looked at first, then for good."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from server.analysis.locked_data import write_locked
from server.analysis.plan import AnalysisPlan
from server.analysis.plan_in_force import read_in_force
from server.analysis.study_frame import StudyFrame, read_study_frame
from server.db.database import Database
from server.errors import RuleError
from server.study.analysis_records import NO_PLAN, lock_data


@dataclass(frozen=True, slots=True)
class Lockable:
    """What would be locked at this moment."""

    plan: AnalysisPlan
    told: StudyFrame


def read_lockable(study: Connection, derived: Connection) -> Lockable:
    """Raises RuleError without a plan that the records vouch for, MethodError where the study
    lacks what it names.
    """
    plan = read_in_force(study).plan
    if plan is None:
        raise RuleError(NO_PLAN)
    return Lockable(plan, read_study_frame(study, derived, plan))


def _accept(_found: Lockable) -> None:
    """Whatever it is."""


def lock_study(
    study: Database,
    derived: Database,
    reason: str,
    by: str,
    check: Callable[[Lockable], None] = _accept,
) -> StudyFrame:
    """Lock it, for good. `check` raises where this isn't what somebody was shown.

    Raises as `read_lockable`, and ConflictError where the data are locked already.
    """
    with study.writing() as connection, derived.reading() as worked_out:
        found = read_lockable(connection, worked_out)
        check(found)
        lock_data(connection, write_locked(found.told), found.told.sha256, reason, by)
    return found.told
