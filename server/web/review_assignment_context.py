"""What the form that gives a strap to whoever wore it may show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a form."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A number of hers as it is and as it would be."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What changes for one person, and what she is said to have worn before and after."""

    title: str
    worn: str
    would_wear: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a correction would change; `warnings` are what it would leave wrong."""

    lead: str
    warnings: list[str]
    people: list[PersonChange]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The form for one strap interval. `trouble` is a sentence, empty when nothing is wrong."""

    title: str
    about: str
    entry: str
    people: list[Option]
    wearer: str
    exchange: str
    is_exchanged: bool
    reason: str
    trouble: str
    reason_trouble: str
    preview: Preview | None
