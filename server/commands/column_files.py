"""Columns of numbers from a file that people or other programs wrote: CSV or Parquet."""

import csv
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from server.errors import SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PARQUET_SUFFIX: Final = ".parquet"
_NOTHING: Final = frozenset({"", "na", "nan", "null", "none"})  # a cell without a number


def read_columns(path: Path, names: Sequence[str]) -> "dict[str, NDArray[np.float64]]":
    """These columns, each (n,) float64 in the file's order; NaN where a cell has no number.

    CSV has a header row. Raises SettingsError, naming row (the header is row 1) and column.
    """
    if path.suffix == PARQUET_SUFFIX:
        return _read_parquet(path, names)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read_csv(path, csv.reader(file), names)
    except OSError as error:
        raise SettingsError(f"can't read {path}: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise SettingsError(f"{path} is no CSV in UTF-8") from None


def read_header(path: Path) -> tuple[str, ...]:
    """Names of the file's columns. Raises SettingsError."""
    if path.suffix == PARQUET_SUFFIX:
        return _parquet_names(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(name.strip() for name in next(csv.reader(file), []))
    except OSError as error:
        raise SettingsError(f"can't read {path}: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise SettingsError(f"{path} is no CSV in UTF-8") from None


def require_columns(path: Path, header: Sequence[str], names: Sequence[str]) -> None:
    """Raises SettingsError that names what is missing and what is there."""
    if absent := [name for name in names if name not in header]:
        there = ", ".join(header) or "nothing"
        raise SettingsError(f"{path} has no column {', '.join(absent)}; its columns are: {there}")


def require_rising_times(path: Path, name: str, times_s: "NDArray[np.float64]") -> None:
    """Raises SettingsError at the first time that is missing, repeated or earlier than before."""
    import numpy as np

    if not times_s.size:
        raise SettingsError(f"{path} has a header and no rows")
    if (unknown := np.flatnonzero(~np.isfinite(times_s))).size:
        raise SettingsError(f"{path}, row {unknown[0] + 2}: {name} has no number")
    if (back := np.flatnonzero(np.diff(times_s) <= 0)).size:
        row = int(back[0]) + 3
        word = "repeats" if times_s[row - 2] == times_s[row - 3] else "is earlier than"
        raise SettingsError(f"{path}, row {row}: {name} {word} the row before; sort the rows")


def _read_csv(
    path: Path, rows: Iterator[list[str]], names: Sequence[str]
) -> "dict[str, NDArray[np.float64]]":
    import numpy as np

    header = [name.strip() for name in next(rows, [])]
    require_columns(path, header, names)
    places = [header.index(name) for name in names]
    columns: list[list[float]] = [[] for _ in names]
    for number, row in enumerate(rows, start=2):
        if not row:
            continue
        for column, place, name in zip(columns, places, names, strict=True):
            column.append(_read_cell(row[place] if place < len(row) else "", path, number, name))
    return {name: np.array(column) for name, column in zip(names, columns, strict=True)}


def _read_cell(cell: str, path: Path, row: int, name: str) -> float:
    if cell.strip().lower() in _NOTHING:
        return math.nan
    try:
        return float(cell)
    except ValueError:
        raise SettingsError(f"{path}, row {row}: {name} is {cell!r}, not a number") from None


def _parquet_names(path: Path) -> tuple[str, ...]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return tuple(parquet.read_schema(path).names)
    except (OSError, pa.ArrowException):
        raise SettingsError(f"can't read {path} as Parquet") from None


def _read_parquet(path: Path, names: Sequence[str]) -> "dict[str, NDArray[np.float64]]":
    import numpy as np
    import pyarrow as pa
    from pyarrow import parquet

    require_columns(path, _parquet_names(path), names)
    try:
        table = parquet.read_table(path, columns=list(names))
        return {name: np.asarray(table[name].cast(pa.float64())) for name in names}
    except (OSError, pa.ArrowException):
        raise SettingsError(f"{path}: {', '.join(names)} are not all numbers") from None
