"""A rehearsal: arms dealt anew by chance, and nothing that tells who trains.

What may be run before the lock. The deal is never written down: from it, and from who is drawn
with which dealt arm, everybody's own arm would follow.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import msgspec
import numpy as np

from server.analysis.frame import POST, PRE, Frame
from server.analysis.plan import AnalysisPlan

NOTICE: Final = "REHEARSAL: arms dealt anew by chance, so no number here is a result"


def deal_arms_anew(frame: Frame, generator: np.random.Generator) -> Frame:
    """The same rows, each with somebody's arm; as many in each arm as before."""
    order = generator.permutation(frame.n)
    return replace(frame, group=tuple(frame.group[place] for place in order))


def leave_dose_out(plan: AnalysisPlan) -> AnalysisPlan:
    """The plan without doses and sessions: only who trains has any."""
    return msgspec.structs.replace(
        plan, dose=None, dose_sensitivity=(), confounders=(), attendance=None
    )


def leave_columns_out(frame: Frame, plan: AnalysisPlan) -> Frame:
    """Only the columns that the plan without doses needs."""
    kept = {name: one for name, one in frame.columns.items() if _is_needed(name, plan)}
    censored = {name: one for name, one in frame.censored.items() if _is_needed(name, plan)}
    return replace(frame, columns=kept, censored=censored)


def leave_reasons_out(
    why: Mapping[str, Mapping[str, str]], plan: AnalysisPlan
) -> dict[str, Mapping[str, str]]:
    """Of the same columns."""
    return {name: one for name, one in why.items() if _is_needed(name, plan)}


def _is_needed(name: str, plan: AnalysisPlan) -> bool:
    """Confounders are the dose's: who has one may be who trains."""
    of_outcomes = {f"{outcome}_{when}" for outcome in plan.outcomes for when in (PRE, POST)}
    kept = of_outcomes | {*plan.baseline_columns}
    return name in kept - {*plan.of_training_alone}
