"""Counts what goes by on its way into a file: rows, and what was absent for which reason."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from server.export.dataset.absence import Absent
from server.export.dataset.table import Row, Table


@dataclass(slots=True)
class Tally:
    """`absent` counts cells by (column, reason); `n_begun` is the row at hand."""

    table: Table
    n_rows: int = 0
    n_begun: int = 1
    absent: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows."""
        for row in rows:
            self.n_rows += 1
            for one in self.table.columns:
                cell = row.get(one.name)
                if isinstance(cell, Absent):
                    self.absent[one.name, cell.reason] += 1
            yield row
            self.n_begun = self.n_rows + 1
