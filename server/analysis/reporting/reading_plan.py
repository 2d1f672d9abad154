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
from server.analysis.plan_in_force import read_in_force
from server.analysis.reporting.facts import Measured, Registered
from server.analysis.study_frame import StudyFrame, read_study_frame
from server.errors import MethodError
from server.study.analysis_records import RecordKind
from server.study.tables import ANALYSIS_RECORDS


@dataclass(frozen=True, slots=True)
class Counted:
    """By arm, then by outcome. `refused`: why there is none."""

    by_arm: Mapping[str, Mapping[str, Measured]] = field(default_factory=dict)
    refused: str = ""


def read_registered(study: Connection) -> Registered | None:
    """None where nobody put a plan in force. Raises RuleError as `read_in_force`."""
    found = read_in_force(study)
    if found.record is None or found.plan is None:
        return None
    plans = study.execute(
        select(ANALYSIS_RECORDS.c.reason)
        .where(ANALYSIS_RECORDS.c.kind == RecordKind.PLAN.value)
        .order_by(ANALYSIS_RECORDS.c.number)
    )
    return Registered(
        plan=found.plan,
        on=_read_day(found.record.recorded_wall_ns),
        replaced=tuple(str(one) for one in plans.scalars().all()[1:]),
        locked_on=None if found.lock is None else _read_day(found.lock.recorded_wall_ns),
    )


def read_counted(study: Connection, derived: Connection, registered: Registered | None) -> Counted:
    """Of the locked data where they are locked; else of the study as it is now.

    Raises RuleError as `read_in_force`.
    """
    if registered is None:
        return Counted()
    locked = read_in_force(study).locked
    without_doses = leave_dose_out(registered.plan)
    plan = msgspec.structs.replace(without_doses, baseline=(), baseline_categories=())
    try:
        told = read_study_frame(study, derived, plan) if locked is None else locked
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
        n=len(hers),
        n_pairs=int((pre & post).sum()),
        n_pre=int(pre.sum()),
        n_post=int(post.sum()),
        why_no_post=dict(Counter(reason for code, reason in why.items() if code in hers)),
    )


def _read_day(wall_ns: int) -> date:
    return datetime.fromtimestamp(wall_ns // 1_000_000_000, UTC).date()
