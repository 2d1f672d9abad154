"""Who came to enough of the planned sessions."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from server.analysis.methods.design import Flags, TwoByTwo, read_column
from server.errors import MethodError

ENOUGH: Final = (4, 5)  # 80 % of the planned sessions, as a fraction: no rounding at 19.2 of 24


@dataclass(frozen=True, slots=True, eq=False)
class Attendance:
    """`came` is (n,), a row a row of the design: enough sessions; never in control."""

    came: Flags
    n_planned: int


def read_attendance(design: TwoByTwo, sessions: ArrayLike, n_planned: int) -> Attendance:
    """From (n,) sessions that each participant came to; control's may be missing or 0.

    Raises MethodError for a number of the training arm that is missing, not whole, below 0 or
    above `n_planned`, and for a session of control, to which the comparison is another.
    """
    if n_planned < 1:
        raise MethodError(f"{n_planned} planned sessions: at least one is needed")
    counts = read_column("sessions", design.codes, sessions)
    for code, is_training, count in zip(design.codes, design.is_training, counts, strict=True):
        _check_count(code, bool(is_training), float(count), n_planned)
    enough, of = ENOUGH
    came = design.is_training & (np.nan_to_num(counts) * of >= n_planned * enough)
    return Attendance(came, n_planned)


def select_per_protocol(design: TwoByTwo, attendance: Attendance) -> tuple[TwoByTwo, str]:
    """All of control, and those of training who came to 80 % or more; with the note it needs."""
    kept = ~design.is_training | attendance.came
    left_out = design.n - int(kept.sum())
    note = (
        f"Per protocol: {left_out} of {design.n_training} participants of the training arm came to "
        f"fewer than 80 % of {attendance.n_planned} sessions and are left out. Those who stay were "
        "not chosen by chance, so the arms may differ by more than training."
    )
    return design.select(kept), note


def _check_count(code: str, is_training: bool, count: float, n_planned: int) -> None:
    if not is_training:
        if count > 0:
            raise MethodError(
                f"{code} of control came to {count:g} sessions: an arm that trains too needs an "
                "analysis that this is not"
            )
        return
    if np.isnan(count):
        raise MethodError(f"the sessions of {code} are missing: whether she came is not known")
    if not (0 <= count <= n_planned and count.is_integer()):
        raise MethodError(f"the sessions of {code} are {count:g}, of {n_planned} planned")
