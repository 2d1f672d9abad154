"""Secondary answers of those who came to enough sessions, where a plan names attendance."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from server.analysis.frame import Frame
from server.analysis.methods.adherence.attendance import read_attendance
from server.analysis.methods.adherence.compliers import estimate_complier_effect
from server.analysis.methods.adherence.per_protocol import analyse_per_protocol
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.result import Result
from server.analysis.plan import AnalysisPlan
from server.analysis.refusal import Refusal
from server.errors import MethodError

_ALL: Final[Mapping[str, Callable[..., Result]]] = {
    "per_protocol": analyse_per_protocol,
    "complier_effect": estimate_complier_effect,
}


def answer_attendance(
    frame: Frame, design: TwoByTwo, plan: AnalysisPlan
) -> Iterator[Result | Refusal]:
    """Nothing where the plan names no attendance. Raises MethodError where the frame lacks it."""
    if plan.attendance is None:
        return
    sessions = frame.take(plan.attendance)
    for name, compute in _ALL.items():
        try:
            came = read_attendance(design, sessions, plan.sessions_planned)
            yield compute(design, came, level=plan.level)
        except MethodError as error:
            yield Refusal(name, design.outcome, str(error))
