"""What each profile writes: one function a table, and what lies beside the tables."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.export.dataset.formats import csv_file, parquet_file, redcap, spss_file
from server.export.dataset.formats.data_package import describe_package
from server.export.dataset.table import Row, Table

TITLE: Final = "A study of circuit training, as tidy tables"
WriteTable = Callable[[Path, Table, Iterable[Row]], None]


@dataclass(frozen=True, slots=True)
class Profile:
    """`name_file` gives the file of a table; `write_beside` adds to a folder of these tables."""

    name: str
    write: WriteTable
    name_file: Callable[[Table], str]
    write_beside: Callable[[Path, Sequence[Table]], None]


def _write_nothing(_folder: Path, _tables: Sequence[Table]) -> None:
    """These files say everything themselves."""


def _write_package(folder: Path, tables: Sequence[Table]) -> None:
    text = json.dumps(describe_package(tables, TITLE), indent=2)
    (folder / "datapackage.json").write_text(f"{text}\n", encoding="utf-8")


def _write_dictionary(folder: Path, tables: Sequence[Table]) -> None:
    redcap.write_dictionary(folder / "data_dictionary.csv", tables)


def _write_form(path: Path, table: Table, rows: Iterable[Row]) -> None:
    write = redcap.write_import if redcap.is_form(table) else csv_file.write_csv
    write(path, table, rows)


def _name_form(table: Table) -> str:
    return f"import_{table.name}.csv" if redcap.is_form(table) else f"{table.name}.csv"


def _end_with(ending: str) -> Callable[[Table], str]:
    return lambda table: f"{table.name}.{ending}"


ALL: Final = {
    one.name: one
    for one in (
        Profile("csv", csv_file.write_csv, _end_with(csv_file.ENDING), _write_package),
        Profile(
            "parquet", parquet_file.write_parquet, _end_with(parquet_file.ENDING), _write_nothing
        ),
        Profile("spss", spss_file.write_spss, _end_with(spss_file.ENDING), _write_nothing),
        Profile("redcap", _write_form, _name_form, _write_dictionary),
    )
}
