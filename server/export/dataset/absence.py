"""Why a cell has no value: one vocabulary for every table, with a number for SPSS."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from server.dose.quantity import Missing
from server.study.fields.missing import MissingReason


@dataclass(frozen=True, slots=True)
class Absent:
    """A cell without a value. Raises ValueError for a reason that the vocabulary doesn't have."""

    reason: str

    def __post_init__(self) -> None:
        if self.reason not in VOCABULARY:
            raise ValueError(f"{self.reason!r} is no reason of the vocabulary")


@dataclass(frozen=True, slots=True)
class Reason:
    """`spss` is the user-missing value of a number; it lies far below anything measured."""

    label: str
    spss: int


SPSS_LOWEST, SPSS_HIGHEST = -9999, -9000  # the one range that a variable's missing values may have

_LABELS: Final[Mapping[str, str]] = {
    Missing.ABSENT: "she didn't come",
    Missing.NO_STRAP: "she came, and wore no strap",
    Missing.NO_DATA: "a strap was worn, and nothing of it arrived",
    Missing.LOW_COVERAGE: "less was heard than the study asks for",
    Missing.NOT_RECORDED: "nobody wrote it down",
    Missing.REFUSED: "she was asked, and didn't say",
    Missing.NOT_MEASURED: "a value that the formula needs was never measured",
    Missing.OUT_OF_TABLE: "a published table has no row for it",
    Missing.ZERO_FILLED: "the sensor sent zeros in place of measurements",
    Missing.WRONG_RATE: "the method doesn't take this sampling rate",
    Missing.UNUSABLE: "recorded, and too much of it had to be thrown out",
    Missing.NOT_APPLICABLE: "it can't exist for this row",
    "not_asked": "nobody asked her",
    "away": "she wasn't there when she was to be asked",
    Missing.NOT_OVER: "a session of the course is ahead, or isn't closed",
    MissingReason.NOT_DONE: "wasn't measured, or not drawn",
    MissingReason.UNKNOWN: "she was asked, and doesn't know",
    MissingReason.WITHDRAWN: "she had left the study",
    MissingReason.LOST: "the sheet or the tube was lost",
    MissingReason.BELOW_LLOQ: "below the lower limit of quantification",
    MissingReason.ABOVE_ULOQ: "above the upper limit of quantification",
    MissingReason.HAEMOLYSED: "the sample was haemolysed",
    MissingReason.INSUFFICIENT: "too little of the sample",
    "withheld": "left out: with others it would tell an arm or exact value that isn't approved",
}
# Numbers go to reasons in the order in which these came into the vocabulary: none ever changes.
VOCABULARY: Final[Mapping[str, Reason]] = MappingProxyType(
    {
        str(word): Reason(label, SPSS_HIGHEST - place)
        for place, (word, label) in enumerate(_LABELS.items(), start=1)
    }
)
