"""A table that people wrote: its bytes as rows with their lines. Pure.

What is unambiguous is taken (a BOM, semicolons or tabs, a decimal comma in them); nothing else is
guessed.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from protocol.quoting import quote
from server.study.fields.words import Words, words
from server.study.trouble import AnswersRefusedError, Trouble

MAX_BYTES: Final = 2 * 1024 * 1024  # a thousand participants with every field take half of it
_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_EMPTY: Final = words("the file is empty; its first line names the columns")
_COMMA: Final = re.compile(r"[+-]?\d{1,12},\d{1,9}")
_POINT: Final = re.compile(r"[+-]?\d{1,12}\.\d{1,9}")
# 21,450 may be 21.45 or twenty-one thousand; a leading 0 has no thousands behind it.
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


@dataclass(frozen=True, slots=True)
class TableRow:
    """`line` is where it begins; cells are stripped."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableFile:
    """`has_commas`: a comma is the decimal sign, because it separates nothing."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    has_commas: bool


def read_table(content: bytes) -> TableFile:
    """Raises AnswersRefusedError with all that makes it no table."""
    text = _decode(content)
    separator = _find_separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records = list(_number_records(reader))
    if not records:
        raise _refuse(None, _EMPTY)
    header = tuple(cell.strip().lower() for cell in records[0][1])
    if len(set(header)) < len(header):
        twice = sorted({name for name in header if header.count(name) > 1})
        names = ", ".join(map(quote, twice))
        raise _refuse(1, words("there is more than one column {names}", names=names))
    troubles, rows = [], []
    for line, cells in records[1:]:
        if len(cells) != len(header):
            sentence = words(
                "has {n} cells, and the first line {wanted}", n=len(cells), wanted=len(header)
            )
            troubles.append(Trouble("", sentence, line))
            continue
        values = (cell.strip() for cell in cells)
        rows.append(TableRow(line, dict(zip(header, values, strict=True))))
    if troubles:
        raise AnswersRefusedError(troubles)
    return TableFile(header, tuple(rows), separator != ",")


def find_decimal_commas(
    table: TableFile, numeric: frozenset[str]
) -> tuple[dict[tuple[int, str], str], list[Trouble]]:
    """By line and column, cells of numbers with a comma as they read with a point; and which of
    them may mean two things.
    """
    if not table.has_commas:
        return {}, []
    cells = [
        (row.line, name, cell)
        for row in table.rows
        for name, cell in row.cells.items()
        if name in numeric
    ]
    has_points = any(_POINT.fullmatch(cell) for _, _, cell in cells)
    read, troubles = {}, []
    for line, name, cell in cells:
        if not _COMMA.fullmatch(cell):
            continue
        if has_points:
            sentence = words(
                "{cell} has a comma, and other numbers of the file a point: use one sign", cell=cell
            )
            troubles.append(Trouble(name, sentence, line))
        elif _THOUSANDS.fullmatch(cell):
            sentence = words(
                "{cell} may be a decimal or thousands; write {decimal} or {thousands}",
                cell=cell,
                decimal=cell.replace(",", "."),
                thousands=cell.replace(",", ""),
            )
            troubles.append(Trouble(name, sentence, line))
        read[line, name] = cell.replace(",", ".")
    return read, troubles


def _decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        n = MAX_BYTES // 2**20
        raise _refuse(None, words("the file is longer than {n} MiB: is it the right one?", n=n))
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content:
        raise _refuse(None, words("the file is no CSV in UTF-8; save it as 'CSV UTF-8'"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        sentence = words("has bytes that are no UTF-8; save the file as 'CSV UTF-8'")
        raise _refuse(line, sentence) from None
    if not text.strip():
        raise _refuse(None, _EMPTY)
    return text


def _find_separator(text: str) -> str:
    first = next(line for line in text.splitlines() if line.strip())
    found = [sign for sign in _SEPARATORS if sign in first]
    if len(found) > 1:
        named = " and ".join(_SEPARATORS[sign] for sign in found)
        sentence = words("has {signs}; which of them separates the columns?", signs=named)
        raise _refuse(1, sentence)
    return found[0] if found else ","


def _number_records(reader: "Iterator[list[str]]") -> Iterator[tuple[int, list[str]]]:
    """Records that aren't blank, by the line where each begins. A quoted cell may hold lines."""
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1  # type: ignore[attr-defined]
    except csv.Error as error:
        sentence = words("is no line of a CSV file ({why})", why=error)
        raise _refuse(line, sentence) from None


def _refuse(line: int | None, sentence: Words) -> AnswersRefusedError:
    return AnswersRefusedError([Trouble("", sentence, line)])
