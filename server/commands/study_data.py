"""What a study's analysis is read from: before the lock as it is now, after it as it was then."""

import secrets
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np

from server.analysis.dummy_arms import (
    NOTICE,
    deal_arms_anew,
    leave_columns_out,
    leave_dose_out,
    leave_reasons_out,
)
from server.analysis.locked_data import read_locked
from server.analysis.plan import AnalysisPlan
from server.analysis.report.writing import SIMULATED
from server.analysis.reporting.reading import read_reporting
from server.analysis.reporting.reporting import Reporting
from server.analysis.study_frame import StudyFrame, read_study_frame
from server.commands.study_arguments import open_command_study, read_study_settings
from server.db.database import Database
from server.errors import RuleError, SessionsFailedError
from server.gateways.roster import is_wholly_simulated
from server.projection.opening import open_derived
from server.projection.projecting import Projector
from server.study.analysis_records import AnalysisRecord, RecordKind, find_record

NOT_LOCKED: Final = (
    "The data aren't locked yet: arms were dealt anew by chance, doses and every picture of single"
    " participants are left out. See 'analysis lock'."
)
ChoosePlan = Callable[[AnalysisPlan], AnalysisPlan]


@dataclass(frozen=True, slots=True)
class StudyData:
    """`planned` is in force, `plan` is run. `notice` stands on every page; None after a lock."""

    told: StudyFrame
    planned: AnalysisPlan
    plan: AnalysisPlan
    notice: str | None
    remarks: tuple[str, ...]
    reporting: Reporting


@contextmanager
def bring_up_to_date(arguments: Namespace, study: Database) -> Iterator[Database]:
    """What is derived, once everything new was worked out."""
    with open_derived(read_study_settings(arguments).data) as derived:
        Projector(study, derived, time.time_ns).project_new()
        yield derived


@contextmanager
def bring_what_can_be(
    arguments: Namespace, study: Database
) -> Iterator[tuple[Database, tuple[str, ...]]]:
    """The same where one session that can't be worked out stops nothing, with a sentence on it."""
    with open_derived(read_study_settings(arguments).data) as derived:
        told: tuple[str, ...] = ()
        try:
            Projector(study, derived, time.time_ns).project_new()
        except SessionsFailedError as error:
            sentence = str(error)
            told = (f"{sentence[:1].upper()}{sentence[1:]}.",)
        yield derived, told


def read_study_data(arguments: Namespace, choose: ChoosePlan) -> StudyData:
    """`choose` says which plan is run where another one is in force. Raises RuleError without any.

    Before the lock arms are those of the study only where everybody in it is simulated.
    """
    with open_command_study(arguments) as study:
        is_simulated = is_wholly_simulated(study)
        with study.reading() as connection:
            record = find_record(connection, RecordKind.PLAN)
            lock = find_record(connection, RecordKind.LOCK)
        if record is None:
            raise RuleError("the study has no plan; register one with 'analysis plan' first")
        planned = AnalysisPlan.from_toml(record.content)
        plan = choose(planned)
        if lock is not None:
            return _read_as_locked(arguments, study, lock, (planned, plan))
        told, reporting = _read_now(arguments, study, plan, is_simulated=is_simulated)
    if is_simulated:
        remarks = ("The data aren't locked yet.",)
        return StudyData(told, planned, plan, SIMULATED, remarks, reporting)
    return _rehearse(told, planned, plan, reporting.blind())


def _read_as_locked(
    arguments: Namespace,
    study: Database,
    lock: AnalysisRecord,
    plans: tuple[AnalysisPlan, AnalysisPlan],
) -> StudyData:
    """Outcomes as they were locked, sessions and events as they are now."""
    told = _read_lock(lock)
    is_simulated = is_wholly_simulated(study)
    with (
        bring_what_can_be(arguments, study) as (derived, failed),
        study.reading() as connection,
        derived.reading() as worked_out,
    ):
        reporting = read_reporting(connection, worked_out, is_simulated=is_simulated)
    notice = SIMULATED if is_simulated else None
    return StudyData(told, *plans, notice, (_tell_lock(lock), *failed), reporting)


def _rehearse(
    told: StudyFrame, planned: AnalysisPlan, plan: AnalysisPlan, reporting: Reporting
) -> StudyData:
    """With a deal that nobody can repeat."""
    frame = leave_columns_out(told.frame, plan)
    dealt = deal_arms_anew(frame, np.random.default_rng(secrets.randbits(128)))
    blinded = StudyFrame(dealt, leave_reasons_out(told.why, plan), told.remarks)
    return StudyData(blinded, planned, leave_dose_out(plan), NOTICE, (NOT_LOCKED,), reporting)


def _read_now(
    arguments: Namespace,
    study: Database,
    plan: AnalysisPlan,
    *,
    is_simulated: bool,
) -> tuple[StudyFrame, Reporting]:
    with (
        bring_up_to_date(arguments, study) as derived,
        study.reading() as connection,
        derived.reading() as worked_out,
    ):
        told = read_study_frame(connection, worked_out, plan)
        return told, read_reporting(connection, worked_out, is_simulated=is_simulated)


def _read_lock(lock: AnalysisRecord) -> StudyFrame:
    told = read_locked(lock.content)
    if told.sha256 != lock.sha256:
        raise RuleError("the locked data aren't what was locked; restore the study from a backup")
    return told


def _tell_lock(lock: AnalysisRecord) -> str:
    return f"Data locked by {lock.recorded_by} ({lock.reason}); SHA-256 {lock.sha256}."
