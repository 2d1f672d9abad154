"""What the pages on which a written sheet is copied may show."""

from dataclasses import dataclass
from typing import ClassVar

from server.web.dose_context import Tab
from server.web.study_context import Option


@dataclass(frozen=True, slots=True)
class CopyInput:
    """One field; `options` of a list, else empty. `is_first`: a keyboard begins here."""

    name: str
    label: str
    mode: str
    value: str
    options: list[Option]
    trouble: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class CopyFieldset:
    """Fields that stand together on the paper, with what was prescribed beside them.

    `by` is how many of them are one line of the paper, 0 where that is no matter.
    """

    id: str
    title: str
    beside: str
    by: int
    fields: list[CopyInput]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One entry to be, and what would become of it."""

    what: str
    said: str
    at: str
    verdict: str
    is_dispute: bool


@dataclass(frozen=True, slots=True)
class OtherPrint:
    """A sheet that isn't as it would be printed now, and what is said by confirming that."""

    warning: str
    differences: list[str]
    field: str
    value: str
    confirmation: str


@dataclass(frozen=True, slots=True)
class CopyPageContext:
    """One page of the sheet: its form, or the second look at what was typed into it."""

    template: ClassVar[str] = "copy.html"

    language: str
    title: str
    name: str
    when: str
    is_simulated: bool
    sheet_path: str
    review_path: str
    disputes_path: str
    path: str
    tabs: list[Tab]
    leaf: str
    said: str
    refusal: str
    other: OtherPrint | None
    times: str
    head: list[CopyInput]
    groups: list[CopyFieldset]
    typed: list[tuple[str, str]]
    preview: list[PreviewRow] | None
    empty: str
