"""What the page of checklists may show."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from server.web.contexts import Link


@dataclass(frozen=True, slots=True)
class FormContext:
    """The form of one item, with what was typed. `seen` is the number of her newest sentence."""

    item: str
    seen: int
    text: str
    reason: str
    applies: bool
    asks_reason: bool
    most: int


@dataclass(frozen=True, slots=True)
class ItemContext:
    """An item. `shape` is seen before the word of its `state`; `form` None: not asked for."""

    anchor: str
    number: str
    section: str
    asks: str
    state: str
    shape: str
    word: str
    told: str
    sources: str
    own: str
    wanted: str
    write: Link | None
    form: FormContext | None
    history: list[str]


@dataclass(frozen=True, slots=True)
class ChecklistContext:
    """A checklist. `copies` are ways to take it along."""

    anchor: str
    name: str
    about: str
    counts: str
    source: str
    doi: str
    numbering: str
    copies: list[Link]
    items: list[ItemContext]


@dataclass(frozen=True, slots=True)
class ReportingPageContext:
    """All of them. `figure` is empty where there is no arm yet.

    `refusal` and `done` are sentences, `refused_at` the place of the form that was refused.
    """

    template: ClassVar[str] = "reporting.html"

    language: str
    name: str
    is_simulated: bool
    worked_out: str
    to_come: str
    notice: str
    refusal: str
    refused_at: str
    done: str
    figure: Markup
    flow_rows: list[tuple[str, str, str]]
    lists: list[ChecklistContext]
