"""How many participants are alike in what may tell who somebody is (k-anonymity, Sweeney 2002)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from server.export.dataset.absence import Absent
from server.export.dataset.table import Row, Table

LEAST: Final = 5  # promises, threat 12


@dataclass(frozen=True, slots=True)
class Disclosure:
    """`k` is the smallest group of alike people, None where nobody is in the table."""

    columns: tuple[str, ...]
    k: int | None
    n_in_small_groups: int

    @property
    def is_safe(self) -> bool:
        return self.k is None or self.k >= LEAST


def check_disclosure(table: Table, rows: Iterable[Row]) -> Disclosure:
    """Of one row a participant, by all columns that are marked; an absent value is a value, too."""
    columns = tuple(one.name for one in table.columns if one.is_quasi)
    groups = Counter(tuple(_tell(row, name) for name in columns) for row in rows)
    small = [n for n in groups.values() if n < LEAST]
    return Disclosure(columns, min(groups.values(), default=None), sum(small))


def _tell(row: Row, name: str) -> str:
    cell = row[name]
    return f"absent: {cell.reason}" if isinstance(cell, Absent) else repr(cell)
