"""What a field is: its unit, its kind, what it may hold. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from server.study.fields.missing import OF_ANY_FIELD, MissingReason

Value = float | str | tuple[str, ...]


class Kind(StrEnum):
    """How a value is written and read."""

    NUMBER = "number"
    CHOICE = "choice"  # one code of a list
    CHOICES = "choices"  # any of them; "none" is a code of its own, so that nothing is not none
    TEXT = "text"  # free text: for people to read, never exported unless approved
    REFERENCE = "reference"  # a plate's or a laboratory's own name for something
    DATE = "date"
    INSTANT = "instant"  # with its offset from UTC, which is kept: it tells the time of day


class Section(StrEnum):
    """What belongs together on a form, and is entered by the same people."""

    BODY = "body"
    DISEASE = "disease"
    HEART = "heart"
    MEDICINE = "medicine"
    LIFE = "life"
    TUBE = "tube"
    CONTEXT = "context"  # what moves a concentration
    ASSAY = "assay"


@dataclass(frozen=True, slots=True)
class Answer:
    """A value, or the reason why there is none. `is_derived`: worked out from other fields.

    `is_linked`: it lies in another table, and is read from there.
    """

    value: Value | None
    missing: MissingReason | None = None
    is_derived: bool = False
    is_linked: bool = False

    def __post_init__(self) -> None:
        if (self.value is None) is (self.missing is None):
            raise ValueError("an answer has either a value or a reason why there is none")

    @classmethod
    def missing_for(cls, reason: MissingReason) -> Self:
        """No value, and why."""
        return cls(None, reason)

    def says_as(self, other: Self | None) -> bool:
        """Whether both say the same, wherever it lies."""
        return other is not None and (self.value, self.missing) == (other.value, other.missing)

    @property
    def number(self) -> float | None:
        """The value where it is a number."""
        return self.value if isinstance(self.value, float) else None


NOTHING = Answer.missing_for(MissingReason.NOT_RECORDED)
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a table of fields: import, form, codebook and export are made of it.

    `hard`: what lies outside is refused. `soft`: what lies outside is stored, and told of.
    `step`: numbers are multiples of it, `except_for` those that are none. `reveals_arm`: hidden
    from who must not know who trains. `source`: where a scale or a limit comes from.
    """

    name: str
    label: str
    kind: Kind
    section: Section
    unit: str = ""
    hard: tuple[float, float] | None = None
    soft: tuple[float, float] | None = None
    step: float | None = None
    except_for: tuple[float, ...] = ()
    choices: Mapping[str, str] | None = None
    reasons: frozenset[MissingReason] = OF_ANY_FIELD
    reveals_arm: bool = False
    source: str = ""


def by_name(*tables: tuple[Field, ...]) -> dict[str, Field]:
    """Fields by their names, in the order of the tables."""
    return {field.name: field for table in tables for field in table}
