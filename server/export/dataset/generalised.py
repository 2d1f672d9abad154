"""A table with its columns that may tell who somebody is in bands, and its rows like that."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from server.export.dataset.levels import Level
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row, Table
from server.export.dataset.tables import Source


def generalise(
    table: Table, read: Callable[[StudyView], Iterator[Row]], levels: Mapping[str, Level]
) -> Source:
    """What has no level is left out."""
    levelled = [levels[one.name] for one in table.columns if one.is_quasi and one.name in levels]
    columns = tuple(
        levels[one.name].column if one.is_quasi else one
        for one in table.columns
        if not one.is_quasi or one.name in levels
    )

    def read_coarser(view: StudyView) -> Iterator[Row]:
        for row in read(view):
            yield {**row, **{one.column.name: one.tell(row[one.of]) for one in levelled}}

    return Source(replace(table, columns=columns), read_coarser)
