"""`datapackage.json`: what each CSV file holds, for programs (Data Package and Table Schema, 1)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from server.export.dataset.column import Column, Kind
from server.export.dataset.formats.csv_file import ENDING
from server.export.dataset.table import Table, list_written_columns

NAME: Final = "doseline-dataset"


def describe_package(tables: Sequence[Table], title: str) -> dict[str, Any]:
    """The descriptor of one folder with a CSV file for each table."""
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": title,
        "resources": [_describe_table(one) for one in tables],
    }


def _describe_table(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": column, "reference": {"resource": other, "fields": field}}
        for column, (other, field) in table.refers_to.items()
    ]
    schema: dict[str, Any] = {
        "fields": [_describe_field(one, table) for one in list_written_columns(table)],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.{ENDING}",
        "title": table.title,
        "encoding": "utf-8",
        "schema": schema,
    }


def _describe_field(column: Column, table: Table) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.may_be_absent and column.name in {one.name for one in table.columns}:
        constraints["required"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.kind.value,
        "title": column.label,
    }
    if column.kind is Kind.BOOLEAN:
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.unit:
        field["unit"] = column.unit
    words: Mapping[str, str] = column.values
    if words:
        field["description"] = "; ".join(f"{value}: {label}" for value, label in words.items())
    return field | ({"constraints": constraints} if constraints else {})
