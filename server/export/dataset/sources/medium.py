"""Whether an entry was made on a screen, or written on paper and copied afterwards."""

from typing import Any, Final

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.study_view import HeldSession

_MEDIA: Final = {
    "screen": "entered on a screen as it happened, or corrected on one",
    "paper": "written on a printed sheet, copied afterwards",
}


def make_medium(name: str, what: str) -> Column:
    """A column that says where something was written down."""
    return Column(name, Kind.STRING, f"where {what} was written down", values=_MEDIA,
                  may_be_absent=True)  # fmt: skip


def tell_medium(held: HeldSession, event: Any) -> Cell:
    """Of an entry by its id; None: nobody wrote anything down."""
    if event is None:
        return Absent("not_applicable")
    return "paper" if event in held.copied else "screen"
