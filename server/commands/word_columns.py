"""Columns of words from a file that people or other programs wrote: CSV or Parquet."""

from collections.abc import Sequence
from pathlib import Path

from server.commands.column_files import (
    PARQUET_SUFFIX,
    next_header,
    open_csv,
    read_header,
    require_columns,
)
from server.errors import SettingsError


def read_words(path: Path, names: Sequence[str], *, may_lack: bool = False) -> dict[str, list[str]]:
    """These columns, each with a word a row, spaces around it taken off.

    Raises SettingsError, naming row and column, for a cell without one unless it `may_lack` it.
    """
    require_columns(path, read_header(path), names)
    is_parquet = path.suffix.lower() == PARQUET_SUFFIX
    numbered = _read_parquet(path, names) if is_parquet else _read_csv(path, names)
    for name in names:
        for number, words in numbered:
            if not (words[name] or may_lack):
                raise SettingsError(f"{path}, row {number}: {name} is empty")
    return {name: [words[name] for _, words in numbered] for name in names}


def _read_csv(path: Path, names: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    with open_csv(path) as rows:
        header = next_header(rows)
        places = {name: header.index(name) for name in names}
        return [
            (number, {name: row[place].strip() for name, place in places.items()})
            for number, row in rows
        ]


def _read_parquet(path: Path, names: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    from pyarrow import parquet

    columns = parquet.read_table(path, columns=list(names)).to_pydict()
    rows = zip(*(columns[name] for name in names), strict=True)
    return [
        (number, {n: "" if c is None else str(c).strip() for n, c in zip(names, row, strict=True)})
        for number, row in enumerate(rows, start=1)
    ]
