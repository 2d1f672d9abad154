"""What the pages of participants and samples may show."""

from dataclasses import dataclass
from typing import ClassVar

from server.web.dose_context import Tab


@dataclass(frozen=True, slots=True)
class Option:
    """One of a list. `name` is that of its box, where several may be chosen."""

    code: str
    label: str
    is_chosen: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class StudyField:
    """One field of a form. `kind` is text, choice or choices; `trouble` is a sentence, or empty."""

    name: str
    label: str
    kind: str
    mode: str
    value: str
    hint: str
    options: list[Option]
    reasons: list[Option]
    trouble: str


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together."""

    id: str
    title: str
    fields: list[StudyField]


@dataclass(frozen=True, slots=True)
class PastEntry:
    """What somebody entered once."""

    when: str
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of a file. `is_refused`: nothing of it was stored."""

    title: str
    is_refused: bool
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `path` empty: it leads nowhere."""

    text: str
    path: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of a list, by its first cell."""

    head: Cell
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class StudyListContext:
    """Participants, or draws with what was found in them; and the way to bring a file in."""

    template: ClassVar[str] = "study_list.html"

    language: str
    title: str
    name: str
    summary: str
    is_simulated: bool
    empty: str
    columns: list[str]
    rows: list[ListRow]
    more_title: str
    more_columns: list[str]
    more_rows: list[ListRow]
    may_enter: bool
    path: str
    example: str
    file_reason: str
    report: FileReport | None


@dataclass(frozen=True, slots=True)
class StudyEntryContext:
    """A form of fields about one thing, with all that was said of it before."""

    template: ClassVar[str] = "study_entry.html"

    language: str
    title: str
    name: str
    summary: str
    is_simulated: bool
    back_path: str
    back: str
    tabs: list[Tab]
    path: str
    said: str
    refusal: str
    may_enter: bool
    id: str
    seen: str
    unusual: list[str]
    groups: list[FieldGroup]
    reason: str
    past: list[PastEntry]
