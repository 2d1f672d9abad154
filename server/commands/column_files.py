"""Columns of numbers from a file that people or other programs wrote: CSV or Parquet."""

import csv
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from server.errors import SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PARQUET_SUFFIX: Final = ".parquet"
LARGEST: Final = 1e12  # no quantity of a study is near it; sums of its squares stay finite
_NOTHING: Final = frozenset({"", "na", "nan", "null", "none"})  # a cell without a number
_TOO_LARGE: Final = f"beyond {LARGEST:g}, which no measured number is; correct it"
_GUESSES: Final = {  # of a row that has more cells than the first
    True: "write decimals with a point, and a text that has a comma in quotes",
    False: "was the file cut off? leave a cell without a value empty, between its commas",
}

NumberedRow = tuple[int, list[str]]  # the file's first row is 1, blank lines count


def read_columns(path: Path, names: Sequence[str]) -> "dict[str, NDArray[np.float64]]":
    """These columns, each (n,) float64 in the file's order; NaN where a cell has no number.

    CSV has a header row; blank lines are no rows. Raises SettingsError, naming row and column, for
    what is no number within `LARGEST`, and for a row that has more cells than the header, or fewer.
    """
    if _is_parquet(path):
        return _read_parquet(path, names)
    with open_csv(path) as rows:
        return _read_csv(path, rows, names)


def read_header(path: Path) -> tuple[str, ...]:
    """Names of the file's columns. Raises SettingsError."""
    if _is_parquet(path):
        return _parquet_names(path)
    with open_csv(path) as rows:
        return next_header(rows)


def require_columns(path: Path, header: Sequence[str], names: Sequence[str]) -> None:
    """Raises SettingsError that names what is missing, or there twice, and what is there."""
    if not header:
        raise SettingsError(f"{path} is empty; its first row must name {', '.join(names)}")
    if absent := [name for name in names if name not in header]:
        there = ", ".join(header)
        raise SettingsError(f"{path} has no column {', '.join(absent)}; its columns are: {there}")
    if twice := [name for name in names if header.count(name) > 1]:
        raise SettingsError(f"{path} has more than one column {', '.join(twice)}; leave one")


def require_rising_times(path: Path, name: str, times_s: "NDArray[np.float64]") -> None:
    """Raises SettingsError at the first time that is missing, repeated or earlier than before."""
    import numpy as np

    if not times_s.size:
        raise SettingsError(f"{path} has a header and no rows")
    if (unknown := np.flatnonzero(~np.isfinite(times_s))).size:
        row = _find_row(path, int(unknown[0]))
        raise SettingsError(f"{path}, row {row}: {name} has no number")
    if (back := np.flatnonzero(np.diff(times_s) <= 0)).size:
        place = int(back[0]) + 1
        word = "repeats" if times_s[place] == times_s[place - 1] else "is earlier than"
        row = _find_row(path, place)
        raise SettingsError(
            f"{path}, row {row}: {name} {word} the row before; sort the rows by it, one a time"
        )


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() == PARQUET_SUFFIX


@contextmanager
def open_csv(path: Path) -> Iterator[Iterator[NumberedRow]]:
    """The rows that aren't blank, each with a cell for each of the first one's.

    Raises SettingsError for whatever the file turns out to be.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            numbered = enumerate(csv.reader(file), start=1)
            rows = ((number, row) for number, row in numbered if not _is_blank(row))
            yield _require_as_many_cells(path, rows)
    except OSError as error:
        raise SettingsError(f"can't read {path}: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error):
        raise SettingsError(f"{path} is no CSV in UTF-8; save it as one") from None


def _require_as_many_cells(path: Path, rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
    """As the first row has; a file that was cut off ends in a row that has fewer."""
    expected = 0
    for number, row in rows:
        expected = expected or len(row)
        if len(row) != expected:
            cells = f"{len(row)} cell{'' if len(row) == 1 else 's'}"
            told = f"{path}: row {number} has {cells}, and the first row {expected}"
            raise SettingsError(f"{told}; {_GUESSES[len(row) > expected]}")
        yield number, row


def _is_blank(row: Sequence[str]) -> bool:
    """A line of separators alone is a row without numbers, and no blank one."""
    return len(row) <= 1 and not "".join(row).strip()


def next_header(rows: Iterator[NumberedRow]) -> tuple[str, ...]:
    """Names of the columns; none in an empty file."""
    _, names = next(rows, (1, []))
    return tuple(name.strip() for name in names)


def _read_csv(
    path: Path, rows: Iterator[NumberedRow], names: Sequence[str]
) -> "dict[str, NDArray[np.float64]]":
    import numpy as np

    header = next_header(rows)
    require_columns(path, header, names)
    places = [header.index(name) for name in names]
    columns: list[list[float]] = [[] for _ in names]
    for number, row in rows:
        for column, place, name in zip(columns, places, names, strict=True):
            column.append(read_cell(row[place], path, number, name))
    return {
        name: np.array(column, dtype=np.float64)
        for name, column in zip(names, columns, strict=True)
    }


def read_cell(cell: str, path: Path, row: int, name: str) -> float:
    """NaN where there is none. Raises SettingsError, naming row and column."""
    if cell.strip().lower() in _NOTHING:
        return math.nan
    try:
        number = float(cell)
    except ValueError:
        number = math.inf
    if math.isinf(number) or "_" in cell:  # Python reads 1_000, nobody else does
        raise SettingsError(f"{path}, row {row}: {name} is {cell!r}, not a number")
    if abs(number) > LARGEST:
        raise SettingsError(f"{path}, row {row}: {name} is {cell!r}, {_TOO_LARGE}")
    return number


def _find_row(path: Path, place: int) -> int:
    """Where the data row of this index stands in the file; the file is read once more."""
    if _is_parquet(path):
        return place + 1
    with open_csv(path) as rows:
        next(rows)
        return next(number for index, (number, _) in enumerate(rows) if index == place)


@contextmanager
def _open_parquet(path: Path) -> Iterator[BinaryIO]:
    """Raises SettingsError for whatever the file turns out to be."""
    import pyarrow as pa

    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        if error.strerror:
            raise SettingsError(f"can't read {path}: {error.strerror}") from None
        raise SettingsError(f"{path} is no Parquet file, or a damaged one") from None
    except pa.ArrowException:
        raise SettingsError(f"{path} is no Parquet file, or a damaged one") from None


def _parquet_names(path: Path) -> tuple[str, ...]:
    from pyarrow import parquet

    with _open_parquet(path) as file:
        return tuple(parquet.read_schema(file).names)


def _read_parquet(path: Path, names: Sequence[str]) -> "dict[str, NDArray[np.float64]]":
    from pyarrow import parquet

    require_columns(path, _parquet_names(path), names)
    with _open_parquet(path) as file:
        table = parquet.read_table(file, columns=list(names))
    return {name: _read_parquet_column(path, name, table[name]) for name in names}


def _read_parquet_column(path: Path, name: str, column: Any) -> "NDArray[np.float64]":
    import numpy as np
    import pyarrow as pa

    try:
        numbers = np.array(column.cast(pa.float64()).to_numpy(), dtype=np.float64)
    except pa.ArrowException:
        raise SettingsError(f"{path}: {name} is {column.type}, not numbers") from None
    if (infinite := np.flatnonzero(np.isinf(numbers))).size:
        raise SettingsError(f"{path}, row {infinite[0] + 1}: {name} is infinite, not a number")
    if (large := np.flatnonzero(np.abs(numbers) > LARGEST)).size:
        told = f"{name} is {numbers[large[0]]:g}, {_TOO_LARGE}"
        raise SettingsError(f"{path}, row {large[0] + 1}: {told}")
    return numbers
