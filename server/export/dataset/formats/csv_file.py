"""A table as CSV (RFC 4180, UTF-8, lines end with LF), row by row."""

import csv
from collections.abc import Iterable
from pathlib import Path

from server.export.dataset.cell_text import write_text
from server.export.dataset.table import Row, Table, list_written_columns, write_rows

ENDING = "csv"


def write_csv(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """Columns are written also where there is no row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([one.name for one in list_written_columns(table)])
        writer.writerows(map(write_text, cells) for cells in write_rows(table, rows))
