"""What every answer to a question of dose carries, whatever the method."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from server.analysis.methods.result import Interval, IntervalResult


class Role(StrEnum):
    """The one dose that was named before the data, and all others."""

    NAMED = "named"
    SENSITIVITY = "sensitivity"


class Method(StrEnum):
    """As promised for `results.json`."""

    LINEAR = "linear"
    PARTIAL_PEARSON = "partial_pearson"
    PARTIAL_SPEARMAN = "partial_spearman"
    PEARSON = "pearson"
    SPEARMAN = "spearman"


class Measure(StrEnum):
    """What dose is held against; change on baseline is never asked, as it says nothing of dose."""

    POST = "post"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseResponse(IntervalResult):
    """What n can show stands first, then what it shows; of the training arm only.

    `dose_sd` is in the dose's own unit; `smallest_shown` is the smallest |estimate| that n shows
    with a power of .80 at a two-sided 1 - `level`. `adjusted_for` names the columns.
    `ci_bootstrap` (BCa, `replicates`, `seed`) is there below 25 participants.
    """

    analysis: ClassVar[str] = "dose_response"

    dose: str
    method: Method
    role: Role
    measure: Measure
    adjusted_for: tuple[str, ...]
    dose_sd: float
    smallest_shown: float
    estimate: float
    ci: Interval
    df: int
    p: float
    ci_bootstrap: Interval | None = None
    replicates: int | None = None
    seed: int | None = None
