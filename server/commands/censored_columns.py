"""Columns of concentrations in which a cell may say `<15.6`: below a limit, or `>` above it."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from server.commands.column_files import (
    PARQUET_SUFFIX,
    next_header,
    open_csv,
    read_cell,
    read_columns,
    require_columns,
)
from server.errors import SettingsError

if TYPE_CHECKING:
    from server.analysis.methods.censored.censoring import CensoredColumn, Floats

_SIDES = {"<": -1.0, ">": 1.0}


def read_concentrations(
    path: Path, names: Sequence[str]
) -> "tuple[dict[str, Floats], dict[str, CensoredColumn]]":
    """(n,) numbers as of `read_columns`, NaN outside a limit; and columns with what is outside.

    Parquet's columns of numbers have no place for a limit. Raises SettingsError.
    """
    import numpy as np

    from server.analysis.methods.censored.censoring import CensoredColumn

    if path.suffix.lower() == PARQUET_SUFFIX:
        return read_columns(path, names), {}
    numbers, censored = {}, {}
    for name, cells in _read_cells(path, names).items():
        values, sides, limits = (
            np.array(column, dtype=np.float64) for column in zip(*cells, strict=True)
        )
        numbers[name] = values
        if sides.any():
            censored[name] = CensoredColumn(sides, limits)
    return numbers, censored


def _read_cells(path: Path, names: Sequence[str]) -> dict[str, list[tuple[float, float, float]]]:
    with open_csv(path) as rows:
        header = next_header(rows)
        require_columns(path, header, names)
        places = {name: header.index(name) for name in names}
        cells: dict[str, list[tuple[float, float, float]]] = {name: [] for name in names}
        for number, row in rows:
            for name, place in places.items():
                cells[name].append(_read(row[place].strip(), path, number, name))
    if not all(cells.values()):
        raise SettingsError(f"{path} has a header and no rows")
    return cells


def _read(cell: str, path: Path, row: int, name: str) -> tuple[float, float, float]:
    """Value, side and limit."""
    side = _SIDES.get(cell[:1])
    if side is None:
        return read_cell(cell, path, row, name), 0.0, math.nan
    hint = "write the limit after it, as <15.6 for a value below an LLOQ of 15.6"
    try:
        limit = read_cell(cell[1:].strip(), path, row, name)
    except SettingsError:
        limit = math.nan
    if not limit > 0:
        raise SettingsError(f"{path}, row {row}: {name} is {cell!r}; {hint}")
    return math.nan, side, limit
