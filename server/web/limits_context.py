"""What the page of limits may show."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `trouble` is a sentence, empty when nothing is wrong."""

    name: str
    label: str
    value: str
    trouble: str


@dataclass(frozen=True, slots=True)
class LimitRow:
    """What is in force for one participant, in words."""

    code: str
    ceiling: str
    look: str
    hold: str


@dataclass(frozen=True, slots=True)
class PastLimits:
    """Values that were proposed once, and what became of them."""

    values: str
    given: str
    signed: str


@dataclass(frozen=True, slots=True)
class LimitsPageContext:
    """The clinician's page. `signature` is empty where no limit is in force, `pending` where
    nothing waits for one; `seen` says which values the page showed.
    """

    template: ClassVar[str] = "limits.html"

    language: str
    name: str
    done: str
    refusal: str
    signature: str
    pending: str
    rows: list[LimitRow]
    numbers: list[Field]
    own: list[Field]
    qualification: Field
    reason: Field
    password: Field
    withdraw_reason: Field
    withdraw_password: Field
    may_withdraw: bool
    seen: str
    past: list[PastLimits]
