"""What is found about one claim."""

from dataclasses import dataclass
from enum import StrEnum

from server.analysis.summary_check.printed import Interval


class Verdict(StrEnum):
    """Worst last."""

    CONSISTENT = "consistent"  # some data give all these numbers
    LOOK_AT = "look at"  # possible, and unlikely enough that somebody should ask how it came about
    INCONSISTENT = "inconsistent"  # possible by itself, not beside the others
    IMPOSSIBLE = "impossible"  # no data with these n, means and SDs give it

    @property
    def is_against(self) -> bool:
        """Whether arithmetic speaks against the claim; `LOOK_AT` only asks."""
        return self in {Verdict.INCONSISTENT, Verdict.IMPOSSIBLE}


@dataclass(frozen=True, slots=True)
class Finding:
    """`feasible` takes means and SDs as printed, `feasible_rounded` whatever is printed like that.

    The verdict goes by the rounded one. `implied` is what the claim should be by the other numbers
    of the table, `implied_range` the same over all roundings; None where nothing follows.
    """

    measure: str
    term: str
    claim: str
    verdict: Verdict
    feasible: Interval | None
    implied: float | None
    explanation: str
    feasible_rounded: Interval | None = None
    implied_range: Interval | None = None
