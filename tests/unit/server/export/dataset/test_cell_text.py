"""Cells as text: numbers come back exactly, and no sheet runs one."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.export.dataset.absence import Absent
from server.export.dataset.cell_text import write_text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_back_exactly(number: float) -> None:
    assert float(write_text(number)) == number


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (60.0, "60"), (0.8018, "0.8018"), (1e-7, "1e-07"), (3, "3"), (True, "true"),
        (False, "false"), (Absent("refused"), ""), (None, ""), ("lunge", "lunge"),
    ],
)  # fmt: skip
def test_how_cells_read(cell: float | str | bool | Absent | None, text: str) -> None:
    assert write_text(cell) == text


# OWASP, "CSV Injection": cells that begin with one of these are run by spreadsheets.
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff20"])
def test_a_sheet_runs_no_text(start: str) -> None:
    assert write_text(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@given(st.text())
def test_no_text_begins_with_what_a_sheet_runs(text: str) -> None:
    assert not write_text(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_negative_numbers_stay_numbers() -> None:
    written = io.StringIO()
    csv.writer(written).writerow([write_text(-3.5), write_text(-2)])
    assert written.getvalue() == "-3.5,-2\r\n"
