"""What the printed sheet of a session may show."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class PageFoot:
    """Which page of which sheet: as a code for a camera, and in words."""

    qr: Markup
    code: str
    page: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One station of hers. `asks` is the round after whose turn here effort is asked, or empty."""

    turn: int
    station: int
    name: str
    prescribed: str
    support: str
    asks: str
    has_band: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """Front and back of one woman's leaf."""

    title: str
    strap: str
    turns: list[TurnRow]
    asked: list[str]
    front: PageFoot
    back: PageFoot


@dataclass(frozen=True, slots=True)
class SheetPageContext:
    """The whole print: one page for the session, one leaf for each woman."""

    template: ClassVar[str] = "sheet.html"

    language: str
    title: str
    when: str
    is_simulated: bool
    back_path: str
    copy_path: str
    may_review: bool
    may_copy: bool
    rounds: list[int]
    questions: list[str]
    shortfalls: list[str]
    scale: str
    anchors: list[tuple[str, str]]
    clock_words: str
    foot_of_session: PageFoot
    leaves: list[Leaf]
