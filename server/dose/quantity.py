"""One dose number as it is told everywhere: with its unit, coverage and version, or a reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Missing(StrEnum):
    """Why there is no number. None of these is a zero."""

    ABSENT = "absent"  # she didn't come: what she got is known without a sensor
    NO_STRAP = "no_strap"  # she came, and wore none
    NO_DATA = "no_data"  # a strap was worn, and nothing of it is in the archive
    LOW_COVERAGE = "low_coverage"  # less was heard than the study asks for
    NOT_OVER = "not_over"  # a session of the course is ahead, was never begun, or isn't closed
    NOT_RECORDED = "not_recorded"  # nobody wrote it down
    REFUSED = "refused"  # she was asked, and didn't say
    NOT_MEASURED = "not_measured"  # a value of hers that the formula needs was never measured
    OUT_OF_TABLE = "out_of_table"  # a published table has no row for it
    ZERO_FILLED = "zero_filled"  # the sensor sent zeros in place of measurements
    WRONG_RATE = "wrong_rate"  # the method doesn't take this sampling rate
    UNUSABLE = "unusable"  # recorded, and too much of it had to be thrown out
    NOT_APPLICABLE = "not_applicable"  # it can't exist: no spread, nothing prescribed


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value` is None exactly when `missing` says why.

    `coverage` is the share (0 to 1) of the planned time that was heard, None where that has no
    meaning; `version` is raised when the same inputs give another number; `flags` are what a
    reader must know beside it ("prorated", "uncalibrated", "converted").
    """

    value: float | None
    unit: str
    version: int
    coverage: float | None = None
    missing: Missing | None = None
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is None) is (self.missing is None):
            raise ValueError("a quantity has either a value or a reason why there is none")

    @classmethod
    def missing_for(
        cls, reason: Missing, unit: str, version: int, coverage: float | None = None
    ) -> Self:
        """No number, and why."""
        return cls(None, unit, version, coverage, reason)
