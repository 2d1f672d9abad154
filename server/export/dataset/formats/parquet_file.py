"""A table as Parquet, some thousand rows at a time, with labels and units in its schema."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from server.export.dataset.column import Column, Kind
from server.export.dataset.table import Row, Table, list_written_columns, write_rows

if TYPE_CHECKING:
    import pyarrow as pa

ENDING = "parquet"
_BATCH: Final = 20_000  # rows: some MB


def write_parquet(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """Columns are written also where there is no row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = make_schema(table)
    cells = write_rows(table, rows)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(cells, _BATCH)):
            columns = zip(*batch, strict=True)
            arrays = [
                pa.array(list(values), field.type)
                for values, field in zip(columns, schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def make_schema(table: Table) -> "pa.Schema":
    """Of the columns as files have them."""
    import pyarrow as pa

    return pa.schema([_make_field(one) for one in list_written_columns(table)])


def _make_field(column: Column) -> "pa.Field":
    import pyarrow as pa

    types = {
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.STRING: pa.string(),
        Kind.BOOLEAN: pa.bool_(),
        Kind.DATE: pa.string(),
    }
    words = {"label": column.label, "unit": column.unit}
    return pa.field(column.name, types[column.kind], metadata={k: v for k, v in words.items() if v})
