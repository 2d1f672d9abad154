"""What of locked data another plan than the one they were locked under may be run on. Pure."""

from dataclasses import replace
from typing import Final

from server.analysis.plan import AnalysisPlan
from server.analysis.study_frame import StudyFrame
from server.errors import MethodError

# How cells came about: locked cells are of the plan in force, whatever another one says.
_OF_CELLS: Final = ("dose_sessions", "matrix")


def take_locked(locked: StudyFrame, planned: AnalysisPlan, plan: AnalysisPlan) -> StudyFrame:
    """The locked data for a run of `plan`; sessions only of the dose that they were locked for.

    Raises MethodError for a plan by which the cells would be others.
    """
    for name in _OF_CELLS:
        then, now = getattr(planned, name), getattr(plan, name)
        if then != now:
            raise MethodError(
                f"the data were locked with {name} = {then or 'none'}, and {now or 'none'} would"
                " count other cells than the locked ones; run the plan with what they were locked"
                " with"
            )
    return locked if plan.dose == planned.dose else replace(locked, sessions={})
