"""The plan of the analysis in force, its lock, and how many of each arm its outcomes have."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import msgspec
import numpy as np
from sqlalchemy import Connection, select

from server.analysis.dummy_arms import leave_dose_out
from server.analysis.frame import POST, PRE
from server.analysis.locked_data import read_locked
from server.analysis.plan import AnalysisPlan
from server.analysis.reporting.facts import Measured, Registered
from server.analysis.study_frame import StudyFrame, read_study_frame
from server.errors import MethodError
from server.study.analysis_records import RecordKind, find_record
from server.study.tables import ANALYSIS_RECORDS


@dataclass(frozen=True, slots=True)
class Counted:
    """By arm, then by outcome. `refused`: why there is none."""

    by_arm: Mapping[str, Mapping[str, Measured]] = field(default_factory=dict)
    refused: str = ""


def read_registered(study: Connection) -> Registered | None:
    """None where nobody put a plan in force."""
    record = find_record(study, RecordKind.PLAN)
    if record is None:
        return None
    lock = find_record(study, RecordKind.LOCK)
    plans = study.execute(
        select(ANALYSIS_RECORDS.c.reason)
        .where(ANALYSIS_RECORDS.c.kind == RecordKind.PLAN.value)
        .order_by(ANALYSIS_RECORDS.c.number)
    )
    return Registered(
        plan=AnalysisPlan.from_toml(record.content),
        on=_read_day(record.recorded_wall_ns),
        replaced=tuple(str(one) for one in plans.scalars().all()[1:]),
        locked_on=None if lock is None else _read_day(lock.recorded_wall_ns),
    )


def read_counted(study: Connection, derived: Connection, registered: Registered | None) -> Counted:
    """Of the locked data where they are locked; else of the study as it is now."""
    if registered is None:
        return Counted()
    lock = find_record(study, RecordKind.LOCK)
    plan = msgspec.structs.replace(leave_dose_out(registered.plan), baseline=())
    try:
        told = read_study_frame(study, derived, plan) if lock is None else read_locked(lock.content)
    except MethodError as error:
        return Counted(refused=str(error))
    arms = dict.fromkeys(told.frame.group)
    return Counted({arm: {one: _count(told, arm, one) for one in plan.outcomes} for arm in arms})


def _count(told: StudyFrame, arm: str, outcome: str) -> Measured:
    frame = told.frame
    is_in = np.array([one == arm for one in frame.group])
    pre, post = (~np.isnan(frame.take(f"{outcome}_{when}")) & is_in for when in (PRE, POST))
    hers = {code for code, group in zip(frame.codes, frame.group, strict=True) if group == arm}
    why = told.why.get(f"{outcome}_{POST}", {})
    return Measured(
        n_pairs=int((pre & post).sum()),
        n_pre=int(pre.sum()),
        n_post=int(post.sum()),
        why_no_post=dict(Counter(reason for code, reason in why.items() if code in hers)),
    )


def _read_day(wall_ns: int) -> date:
    return datetime.fromtimestamp(wall_ns // 1_000_000_000, UTC).date()
