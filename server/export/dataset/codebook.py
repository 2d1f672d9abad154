"""The codebook: every column of every file, generated from the tables themselves."""

from collections.abc import Iterator, Sequence
from typing import Final

from server.export.dataset.column import Column, Kind
from server.export.dataset.table import Row, Table, list_written_columns

TABLE: Final = Table(
    "codebook",
    "Codebook: a row for each column of each table",
    (
        Column("table_name", Kind.STRING, "table"),
        Column("position", Kind.INTEGER, "place of the column in the table, from 1"),
        Column("column_name", Kind.STRING, "column"),
        Column("kind", Kind.STRING, "kind of its values"),
        Column("unit", Kind.STRING, "unit; Cel is degree Celsius (UCUM)"),
        Column("label", Kind.STRING, "what it is"),
        Column("allowed", Kind.STRING, "its only values, each with its meaning"),
    ),
    key=("table_name", "position"),
    refers_to={},
)


def list_codebook(tables: Sequence[Table]) -> Iterator[Row]:
    """Rows of TABLE, by the tables' names."""
    for table in sorted(tables, key=lambda one: one.name):
        for position, one in enumerate(list_written_columns(table), start=1):
            yield {
                "table_name": table.name,
                "position": position,
                "column_name": one.name,
                "kind": one.kind.value,
                "unit": one.unit,
                "label": one.label,
                "allowed": "; ".join(f"{word}: {label}" for word, label in one.values.items()),
            }
