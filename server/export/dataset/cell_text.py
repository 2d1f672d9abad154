"""A cell as text: the shortest that gives the same number back, and nothing that a sheet runs."""

from typing import Final

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell

# What a spreadsheet takes for a formula at the start of a cell (OWASP, CSV Injection), full-width
# ones as well.
_RUNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_text(cell: Cell | None) -> str:
    """Numbers with a point, booleans as true and false; an absent cell is empty."""
    if cell is None or isinstance(cell, Absent):
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _write_float(cell)
    return str(cell) if isinstance(cell, int) else make_harmless(cell)


def make_harmless(text: str) -> str:
    """A text that a sheet would run gets an apostrophe before it, which sheets don't show."""
    return f"'{text}" if text.startswith(_RUNS) else text


def _write_float(number: float) -> str:
    text = repr(number)
    return text.removesuffix(".0") if "e" not in text else text
