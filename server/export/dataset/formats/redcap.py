"""REDCap: a data dictionary, and for each form a file that its import takes.

A record is a participant. A table with more than her name for a key is a repeating form; `sessions`
has no participant, so its rows can't be a form and stay a CSV file beside.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from server.export.dataset.cell_text import write_text
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.table import Row, Table, list_written_columns, write_rows

RECORD_ID: Final = "participant"
# The columns of REDCap's data dictionary, in their order ("Data Dictionary" of its help pages).
DICTIONARY_COLUMNS: Final = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
_NO_CODE: Final = re.compile(r"[^A-Za-z0-9_]")
_VALIDATION: Final = {Kind.INTEGER: "integer", Kind.NUMBER: "number", Kind.DATE: "date_ymd"}


def is_form(table: Table) -> bool:
    """Whether its rows belong to a participant."""
    return RECORD_ID in table.key


def name_field(table: Table, column: Column) -> str:
    """No two fields of a project may have one name: each begins with its form's."""
    return column.name if column.name == RECORD_ID else f"{table.name}_{column.name}"


def code_choice(word: str) -> str:
    """As a choice is coded: letters, digits and underscores."""
    return _NO_CODE.sub("_", word)


def write_dictionary(path: Path, tables: Sequence[Table]) -> None:
    """Every field of every form; the record's own comes first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(DICTIONARY_COLUMNS)
        writer.writerows(_list_fields([one for one in tables if is_form(one)]))


def write_import(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """Rows of one form; a repeating one has its instances counted for each participant."""
    repeats = table.key != (RECORD_ID,)
    columns = [one for one in list_written_columns(table) if one.name != RECORD_ID]
    place = [one.name for one in list_written_columns(table)].index(RECORD_ID)
    instances: Counter[str] = Counter()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        repeating = ["redcap_repeat_instrument", "redcap_repeat_instance"] if repeats else []
        writer.writerow([RECORD_ID, *repeating, *(name_field(table, one) for one in columns)])
        for cells in write_rows(table, rows):
            who = str(cells.pop(place))
            instances[who] += 1
            instance = [table.name, str(instances[who])] if repeats else []
            texts = [_write(one, cell) for one, cell in zip(columns, cells, strict=True)]
            writer.writerow([who, *instance, *texts])


def _list_fields(forms: Sequence[Table]) -> Iterator[list[str]]:
    is_first = True
    for table in sorted(forms, key=lambda one: one.key != (RECORD_ID,)):
        for column in list_written_columns(table):
            if column.name == RECORD_ID and not is_first:
                continue
            is_first = False
            yield _describe(table, column)


def _describe(table: Table, column: Column) -> list[str]:
    kind, choices = _find_type(column)
    note = f"unit: {column.unit}" if column.unit else ""
    described = dict.fromkeys(DICTIONARY_COLUMNS, "") | {
        "Variable / Field Name": name_field(table, column),
        "Form Name": table.name,
        "Field Type": kind,
        "Field Label": column.label,
        "Choices, Calculations, OR Slider Labels": choices,
        "Field Note": note,
        "Text Validation Type OR Show Slider Number": _VALIDATION.get(column.kind, ""),
    }
    return list(described.values())


def _find_type(column: Column) -> tuple[str, str]:
    if column.kind is Kind.BOOLEAN:
        return "yesno", ""
    if column.values:
        words = column.values.items()
        choices = (f"{code_choice(word)}, {label.replace('|', '/')}" for word, label in words)
        return "dropdown", " | ".join(choices)
    return "text", ""


def _write(column: Column, cell: Cell | None) -> str:
    """As its import takes it: a yes is 1."""
    if column.kind is Kind.BOOLEAN and cell is not None:
        return "1" if cell is True else "0"
    return code_choice(str(cell)) if column.values and cell is not None else write_text(cell)
