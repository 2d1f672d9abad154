"""What a report is made of, whatever it is written as: sections of text, tables and figures."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    words: str


@dataclass(frozen=True, slots=True)
class Notes:
    """Sentences that a reader must see beside what stands above them."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Each row has as many cells as `head`; the first cell of a row names it.

    `weights` share a page's width out; none: each column is as wide as it needs.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    weights: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError(f"{self.caption}: a table without rows says nothing")
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError(f"{self.caption}: a row has another number of cells than the head")
        if self.weights and len(self.weights) != len(self.head):
            raise ValueError(f"{self.caption}: another number of weights than of columns")


@dataclass(frozen=True, slots=True)
class Figure:
    """`svg` is a whole picture; `words` say what it shows to whoever doesn't see it."""

    caption: str
    svg: str
    words: str


Block = Text | Notes | Grid | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`notice` stands on every page, such as that the data are simulated."""

    title: str
    notice: str | None
    sections: tuple[Section, ...]


def join_notes(notes: Sequence[Sequence[str]]) -> tuple[Notes, ...]:
    """One block of all different sentences, in their order; none where there are none."""
    sentences = tuple(dict.fromkeys(sentence for some in notes for sentence in some))
    return (Notes(sentences),) if sentences else ()
