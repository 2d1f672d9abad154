"""What the page of the course's dose may show."""

from dataclasses import dataclass
from typing import ClassVar

from server.web.dose_context import Line


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of somebody's course, or why there is none; `note` is what belongs beside it."""

    text: str
    note: str = ""
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A participant's course. `figures` are in the order of the page's heads."""

    code: str
    sign: str
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class WeekCell:
    """A participant's week. `fill_px` of 28; `words` is all that the cell shows.

    `load` is why there is none, where `is_missing`; `known` is then how much of it is known.
    """

    load: str
    monotony: str
    strain: str
    words: str
    fill_px: int = 0
    is_missing: bool = False
    known: str = ""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A participant's weeks; a week that she doesn't have is left out at the end."""

    code: str
    sign: str
    cells: list[WeekCell]


@dataclass(frozen=True, slots=True)
class DoseCoursePageContext:
    """The course. `empty` says why there are no tables; `formulas` is how numbers come about."""

    template: ClassVar[str] = "dose_course.html"

    language: str
    name: str
    is_simulated: bool
    worked_out: str
    to_come: str
    empty: str
    matrix_path: str
    data_path: str
    heads: list[str]
    rows: list[CourseRow]
    weeks: list[str]
    week_rows: list[WeekRow]
    formulas: list[Line]
