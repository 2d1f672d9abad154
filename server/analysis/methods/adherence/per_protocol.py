"""The primary analysis again, of control and of those in training who came to enough sessions."""

from dataclasses import dataclass
from typing import ClassVar

from server.analysis.methods.adherence.attendance import Attendance, select_per_protocol
from server.analysis.methods.ancova import fit_ancova
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.result import LEVEL, Interval, IntervalResult


@dataclass(frozen=True, slots=True, kw_only=True)
class PerProtocol(IntervalResult):
    """`estimate` is training minus control in the outcome's unit, at the same `pre`, of `n`.

    `ci` assumes equal variances, `ci_hc3` doesn't. `n_left_out` came to fewer sessions.
    """

    analysis: ClassVar[str] = "per_protocol"

    n_control: int
    n_training: int
    n_left_out: int
    estimate: float
    ci: Interval
    ci_hc3: Interval
    p: float


def analyse_per_protocol(
    design: TwoByTwo, attendance: Attendance, *, level: float = LEVEL
) -> PerProtocol:
    """ANCOVA of post by arm and pre. Raises MethodError for what ANCOVA of those left refuses."""
    kept, note = select_per_protocol(design, attendance)
    told = fit_ancova(kept, level=level)
    return PerProtocol(
        outcome=design.outcome,
        n=told.n,
        notes=(note, *told.notes),
        level=level,
        n_control=told.n_control,
        n_training=told.n_training,
        n_left_out=design.n - kept.n,
        estimate=told.estimate,
        ci=told.ci,
        ci_hc3=told.ci_hc3,
        p=told.p,
    )
