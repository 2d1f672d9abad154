"""A table: its columns, its keys, and the rows of it that a source gives one by one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from server.export.dataset.absence import VOCABULARY, Absent
from server.export.dataset.column import Cell, Column, Guard, Kind, check_cell

Row = Mapping[str, Cell]
WHY = "_why"  # what the twin of a column is called


@dataclass(frozen=True, slots=True)
class Table:
    """`key`: columns that together name a row, in the order in which rows come.

    `refers_to`: column -> (table, column) that has each of its values. Raises ValueError for keys
    that are no columns, and for a name twice.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers_to: Mapping[str, tuple[str, str]]

    def __post_init__(self) -> None:
        names = [one.name for one in self.columns]
        if len({*names}) < len(names):
            raise ValueError(f"{self.name} has a column twice")
        strangers = {*self.key, *self.refers_to} - {*names}
        if strangers:
            raise ValueError(f"{self.name} has no column {min(strangers)}")

    def leave_out(self, approved: frozenset[Guard]) -> "Table":
        """Without the columns that nobody approved."""
        kept = tuple(one for one in self.columns if one.guard is None or one.guard in approved)
        return replace(self, columns=kept)


def list_written_columns(table: Table) -> list[Column]:
    """The columns as files have them: each that may be absent is followed by its twin."""
    written: list[Column] = []
    for one in table.columns:
        written.append(one)
        if one.may_be_absent:
            written.append(_make_twin(one))
    return written


def write_cells(table: Table, row: Row) -> list[Cell | None]:
    """One row in the order of `list_written_columns`; None is an empty cell.

    Raises ValueError, naming the table, for a row that isn't one of it.
    """
    cells: list[Cell | None] = []
    for one in table.columns:
        cell = _take(table, one, row)
        is_absent = isinstance(cell, Absent)
        cells.append(None if is_absent else cell)
        if one.may_be_absent:
            cells.append(cell.reason if isinstance(cell, Absent) else None)
    return cells


def write_rows(table: Table, rows: Iterable[Row]) -> Iterator[list[Cell | None]]:
    """Every row's cells. Raises ValueError for keys that repeat or don't rise."""
    before: tuple[Any, ...] | None = None
    for row in rows:
        key = tuple(row[name] for name in table.key)
        if before is not None and not key > before:
            raise ValueError(f"{table.name}: the row {key!r} comes after {before!r}")
        before = key
        yield write_cells(table, row)


def _take(table: Table, column: Column, row: Row) -> Cell:
    try:
        cell = row[column.name]
        check_cell(column, cell)
    except (KeyError, ValueError) as error:
        raise ValueError(f"{table.name}: {error}") from error
    return cell


def _make_twin(column: Column) -> Column:
    values = {word: one.label for word, one in VOCABULARY.items()}
    name = f"{column.name}{WHY}"
    return Column(name, Kind.STRING, f"why {column.name} has no value", values=values)
