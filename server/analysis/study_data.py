"""What a study's analysis is read from: before the lock as it is now, after it as it was then."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from server.analysis.dummy_arms import (
    NOTICE,
    deal_arms_anew,
    leave_columns_out,
    leave_dose_out,
    leave_reasons_out,
)
from server.analysis.locked_run import take_locked
from server.analysis.plan import AnalysisPlan
from server.analysis.plan_in_force import read_in_force
from server.analysis.report.writing import SIMULATED
from server.analysis.reporting.reading import read_reporting
from server.analysis.reporting.reporting import Reporting
from server.analysis.study_frame import StudyFrame, read_study_frame
from server.db.database import Database
from server.errors import RuleError
from server.gateways.roster import is_wholly_simulated
from server.projection.up_to_date import OpenDerived
from server.study.analysis_records import AnalysisRecord, RecordKind, find_record

NOT_LOCKED: Final = (
    "The data aren't locked yet: arms were dealt anew by chance, doses and every picture of single"
    " participants are left out. See 'analysis lock'."
)
ChoosePlan = Callable[[AnalysisPlan], AnalysisPlan]


class Basis(StrEnum):
    """Which data a run is of."""

    REHEARSAL = "rehearsal"  # arms dealt anew by chance
    SIMULATED = "simulated"  # everybody's own arm, and nobody is real
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class StudyData:
    """`planned` is in force, `plan` is run. `notice` stands on every page; None after a lock."""

    told: StudyFrame
    planned: AnalysisPlan
    plan: AnalysisPlan
    basis: Basis
    notice: str | None
    remarks: tuple[str, ...]
    reporting: Reporting
    lock_sha256: str | None = None


def find_basis(study: Database, *, is_blinded: bool) -> Basis:
    """What a run would be of now. Arms of a study are nobody's only where all of it is simulated.

    Whoever is blinded gets a rehearsal of that as well: the study she is blinded in may have real
    participants enrolled before it has a real strap.
    """
    with study.reading() as connection:
        lock = find_record(connection, RecordKind.LOCK)
    if lock is not None:
        return Basis.LOCKED
    return Basis.REHEARSAL if is_blinded or not is_wholly_simulated(study) else Basis.SIMULATED


def read_study_data(
    study: Database, open_derived: OpenDerived, choose: ChoosePlan, *, is_blinded: bool = False
) -> StudyData:
    """`choose` says which plan is run where another one is in force.

    Raises RuleError without any, and for a plan or locked data that the chain of records doesn't
    vouch for, MethodError where the study, or what was locked, lacks what the plan names,
    SessionsFailedError before the lock.
    """
    basis = find_basis(study, is_blinded=is_blinded)
    with study.reading() as connection:
        found = read_in_force(connection)
    planned = found.plan
    if planned is None:
        raise RuleError("the study has no plan; register one with 'analysis plan' first")
    plan = choose(planned)
    if found.lock is not None and found.locked is not None:
        told = take_locked(found.locked, planned, plan)
        return _read_as_locked(study, open_derived, (found.lock, told), (planned, plan))
    told, reporting = _read_now(study, open_derived, plan)
    if basis is Basis.SIMULATED:
        remarks = ("The data aren't locked yet.",)
        return StudyData(told, planned, plan, basis, SIMULATED, remarks, reporting)
    return _rehearse(told, planned, plan, reporting.blind())


def _read_as_locked(
    study: Database,
    open_derived: OpenDerived,
    locked: tuple[AnalysisRecord, StudyFrame],
    plans: tuple[AnalysisPlan, AnalysisPlan],  # in force, and run
) -> StudyData:
    """Outcomes as they were locked, sessions and events as they are now."""
    lock, told = locked
    is_simulated = is_wholly_simulated(study)
    with (
        open_derived() as found,
        study.reading() as connection,
        found.derived.reading() as worked_out,
    ):
        reporting = read_reporting(connection, worked_out, is_simulated=is_simulated)
    notice = SIMULATED if is_simulated else None
    remarks = (_tell_lock(lock), *found.tell_failed())
    return StudyData(told, *plans, Basis.LOCKED, notice, remarks, reporting, lock.sha256)


def _rehearse(
    told: StudyFrame, planned: AnalysisPlan, plan: AnalysisPlan, reporting: Reporting
) -> StudyData:
    """With a deal that nobody can repeat."""
    frame = leave_columns_out(told.frame, plan)
    dealt = deal_arms_anew(frame, np.random.default_rng(secrets.randbits(128)))
    blinded = StudyFrame(dealt, leave_reasons_out(told.why, plan), told.remarks)
    run = leave_dose_out(plan)
    return StudyData(blinded, planned, run, Basis.REHEARSAL, NOTICE, (NOT_LOCKED,), reporting)


def _read_now(
    study: Database, open_derived: OpenDerived, plan: AnalysisPlan
) -> tuple[StudyFrame, Reporting]:
    is_simulated = is_wholly_simulated(study)
    with (
        open_derived() as found,
        study.reading() as connection,
        found.require_all().reading() as worked_out,
    ):
        told = read_study_frame(connection, worked_out, plan)
        return told, read_reporting(connection, worked_out, is_simulated=is_simulated)


def _tell_lock(lock: AnalysisRecord) -> str:
    return f"Data locked by {lock.recorded_by} ({lock.reason}); SHA-256 {lock.sha256}."
