"""What the page of the dose matrix may show."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Tab:
    """One metric to switch to."""

    path: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class WeekHead:
    """A week of the course over its columns."""

    label: str
    n_columns: int


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A session. `day` has the month where it changes; `words` is all that is known of it.

    `state` is planned, running or closed.
    """

    number: str
    day: str
    words: str
    state: str
    begins_week: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A person in a session. `fill_px` of 28; `letter` stands where there is no fill.

    `is_known`: something was derived of her, so that there is more to ask for.
    """

    session: str
    participant: str
    path: str
    words: str
    letter: str = ""
    fill_px: int = 0
    is_over: bool = False
    has_low_coverage: bool = False
    is_lighter: bool = False
    n_events: int = 0
    is_little_observed: bool = False
    is_running: bool = False
    is_empty: bool = False
    is_known: bool = False
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A participant's sessions."""

    code: str
    sign: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """A letter and what it stands for."""

    letter: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing about a cell: what it is, and how it is here. `kind`: long, code or nothing."""

    label: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A category of exercises in a cell."""

    label: str
    planned: str
    delivered: str
    ratio: str


@dataclass(frozen=True, slots=True)
class Card:
    """All about one cell. `review` is where her evening is shown, empty before it was held."""

    title: str
    lead: str
    lines: list[Line]
    parts: list[Part]
    review: str = ""


@dataclass(frozen=True, slots=True)
class DosePageContext:
    """The dose matrix. `card` None: no cell is chosen; `empty` says why there is no table."""

    template: ClassVar[str] = "dose.html"

    language: str
    name: str
    is_simulated: bool
    worked_out: str
    to_come: str
    empty: str
    metric: str
    caption: str
    scale: str
    tabs: list[Tab]
    weeks: list[WeekHead]
    columns: list[ColumnHead]
    rows: list[Row]
    letters: list[LetterEntry]
    card: Card | None
    course_path: str
