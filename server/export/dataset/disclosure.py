"""How many participants are alike in what may tell who somebody is (k-anonymity, Sweeney 2002).

Somebody is alike to all whose values before the training are hers, an absent one included, unless a
value afterwards tells them apart: what wasn't measured then tells nobody from anybody.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell

LEAST: Final = 5  # promises, threat 12
Place = tuple[str, str]  # table, column
Tell = Callable[[Cell], Cell]
_Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Exact cells that may tell who she is, before the training and after it."""

    before: Mapping[Place, Cell]
    after: Mapping[Place, Cell]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """`k` is the smallest group of alike people, None where nobody is in the study."""

    columns: tuple[str, ...]
    k: int | None
    n_in_small_groups: int

    @property
    def is_safe(self) -> bool:
        return self.k is None or self.k >= LEAST


def check_disclosure(people: Sequence[Person], columns: Mapping[str, Tell]) -> Disclosure:
    """By these columns, as each is told."""
    groups: defaultdict[_Key, Counter[_Key]] = defaultdict(Counter)
    for one in people:
        before = tuple(_name(cell) for cell in _tell(one.before, columns))
        after = tuple(_name_measured(cell) for cell in _tell(one.after, columns))
        groups[before][after] += 1
    sizes = [
        (_count_alike(after, alike), n) for alike in groups.values() for after, n in alike.items()
    ]
    n_small = sum(n for size, n in sizes if size < LEAST)
    return Disclosure(tuple(columns), min((size for size, _ in sizes), default=None), n_small)


def _count_alike(after: _Key, group: Mapping[_Key, int]) -> int:
    """Of a group that is alike before."""
    return sum(
        n
        for other, n in group.items()
        if all(
            one is None or two is None or one == two for one, two in zip(after, other, strict=True)
        )
    )


def _tell(cells: Mapping[Place, Cell], columns: Mapping[str, Tell]) -> list[Cell]:
    return [columns[name](cell) for (_table, name), cell in cells.items() if name in columns]


def _name(cell: Cell) -> str:
    return f"absent: {cell.reason}" if isinstance(cell, Absent) else repr(cell)


def _name_measured(cell: Cell) -> str | None:
    return None if isinstance(cell, Absent) else repr(cell)
