"""What the page of counted repetitions may show."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One exercise, or all of them, in words. `is_few`: too few pairs to judge by."""

    exercise: str
    sets: str
    cant_tell: str
    unseen: str
    pairs: str
    people: str
    bias: str
    limits: str
    exact: str
    within_one: str
    kappa: str
    is_few: bool


@dataclass(frozen=True, slots=True)
class RepetitionsPageContext:
    """The agreement report. `empty` says why there is no table."""

    template: ClassVar[str] = "repetitions.html"

    language: str
    name: str
    is_simulated: bool
    worked_out: str
    to_come: str
    empty: str
    lead: str
    verdict: str
    rows: list[AgreementRow]
