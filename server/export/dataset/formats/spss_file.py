"""A table as SPSS (.sav): labels, and each reason of absence as a user-missing value.

Categories and booleans are numbers with labels, as SPSS users expect. The file's time of creation
is put to a fixed one, so that the same rows give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from server.export.dataset.absence import SPSS_HIGHEST, SPSS_LOWEST, VOCABULARY, Absent
from server.export.dataset.column import Cell, Column, Kind
from server.export.dataset.table import Row, Table, list_written_columns, write_rows

if TYPE_CHECKING:
    import pandas as pd

ENDING = "sav"
# PSPP Developers Guide, "File Header Record": creation_date and creation_time, 9 and 8 letters.
_CREATED_AT: Final = 92
_CREATED: Final = b"01 Jan 7000:00:00"
_TEXT: Final = frozenset({Kind.STRING, Kind.DATE})


def write_spss(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """The whole table is in memory once. Columns are written also where there is no row."""
    import pyreadstat

    variables = [_Variable(one) for one in list_written_columns(table)]
    frame = _make_frame(table, variables, rows)
    pyreadstat.write_sav(
        frame,
        str(path),
        file_label=table.title[:64],
        column_labels={one.name: one.label for one in variables},
        variable_value_labels={one.name: one.labels for one in variables if one.labels},
        missing_ranges={
            one.name: [{"lo": SPSS_LOWEST, "hi": SPSS_HIGHEST}]
            for one in variables
            if one.has_missing_values
        },
        variable_measure={one.name: one.measure for one in variables},
    )
    with path.open("r+b") as file:
        file.seek(_CREATED_AT)
        file.write(_CREATED)


@dataclass(frozen=True, slots=True)
class _Variable:
    """A column as SPSS has it."""

    column: Column

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def label(self) -> str:
        unit = f" ({self.column.unit})" if self.column.unit else ""
        return f"{self.column.label}{unit}"

    @property
    def is_text(self) -> bool:
        return self.column.kind in _TEXT and not self.column.values

    @property
    def has_missing_values(self) -> bool:
        return self.column.may_be_absent and not self.is_text

    @property
    def labels(self) -> dict[int | float, str]:
        """Of codes, and of the reasons where a value may be absent."""
        labels: dict[int | float, str] = {}
        if self.column.kind is Kind.BOOLEAN:
            labels = {0: "no", 1: "yes"}
        elif self.column.values:
            labels = dict(enumerate(self.column.values.values(), start=1))
        if self.has_missing_values:
            labels |= {one.spss: one.label for one in VOCABULARY.values()}
        return labels

    @property
    def measure(self) -> str:
        if self.column.is_ordered:
            return "ordinal"
        is_nominal = self.is_text or self.column.values or self.column.kind is Kind.BOOLEAN
        return "nominal" if is_nominal else "scale"

    def encode(self, cell: Cell | None, why: str | None) -> Any:
        """As the file has it; None is SPSS's own missing value."""
        if cell is None or isinstance(cell, Absent):
            return self._encode_absence(why)
        if self.is_text:
            return str(cell)
        if self.column.values:
            return float(list(self.column.values).index(str(cell)) + 1)
        return float(cell)

    def _encode_absence(self, why: str | None) -> Any:
        if self.is_text:
            return ""
        return float(VOCABULARY[why].spss) if why is not None else float("nan")


def _make_frame(table: Table, variables: list[_Variable], rows: Iterable[Row]) -> "pd.DataFrame":
    import pandas as pd

    columns: list[list[Any]] = [[] for _ in variables]
    for cells in write_rows(table, rows):
        for place, (one, cell) in enumerate(zip(variables, cells, strict=True)):
            columns[place].append(one.encode(cell, _find_why(one, cells[place + 1 :])))
    types = {True: "object", False: "float64"}
    return pd.DataFrame(
        {
            one.name: pd.Series(values, dtype=types[one.is_text])
            for one, values in zip(variables, columns, strict=True)
        }
    )


def _find_why(one: _Variable, after: list[Cell | None]) -> str | None:
    """What its twin says, which comes next."""
    why = after[0] if one.column.may_be_absent else None
    return None if why is None else str(why)
