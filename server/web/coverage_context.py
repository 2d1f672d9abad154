"""What the coverage map may show."""

from dataclasses import dataclass
from typing import ClassVar

from server.web.dose_context import ColumnHead, LetterEntry, Tab, WeekHead


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """A person in a session. `fill_px` of 28; `letter` stands where there is no share at all.

    `cause` is the small letter of what most of a low coverage is lost to. `path` empty: the session
    wasn't held, so there is nothing to review.
    """

    path: str
    words: str
    letter: str = ""
    fill_px: int = 0
    is_low: bool = False
    cause: str = ""
    is_running: bool = False
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A participant's sessions."""

    code: str
    sign: str
    cells: list[CoverageCell]


@dataclass(frozen=True, slots=True)
class CoveragePageContext:
    """The coverage map of one stream. `empty` says why there is no table."""

    template: ClassVar[str] = "coverage.html"

    language: str
    name: str
    is_simulated: bool
    worked_out: str
    to_come: str
    empty: str
    caption: str
    definition: str
    summary: str
    tabs: list[Tab]
    weeks: list[WeekHead]
    columns: list[ColumnHead]
    rows: list[CoverageRow]
    causes: list[LetterEntry]
    letters: list[LetterEntry]
