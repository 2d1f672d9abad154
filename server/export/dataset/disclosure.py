"""How many participants are alike in what may tell who somebody is (k-anonymity, Sweeney 2002).

Somebody is alike to all whose values before the training are hers, and, where anything was
measured of her afterwards, to those of them whose values afterwards are hers as well.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell

LEAST: Final = 5  # promises, threat 12
Place = tuple[str, str]  # table, column
Tell = Callable[[Cell], Cell]


@dataclass(frozen=True, slots=True)
class Person:
    """Exact cells that may tell who she is. `after` is None where nothing was measured then."""

    before: Mapping[Place, Cell]
    after: Mapping[Place, Cell] | None


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
    """By these columns, as each is told. An absent value is a value, too."""
    keys = [(_find_key(one.before, columns), _find_key(one.after, columns)) for one in people]
    alike_before = Counter(before for before, _ in keys)
    alike_in_both = Counter(key for key in keys if key[1] is not None)
    sizes = [
        alike_before[key[0]] if key[1] is None else min(alike_before[key[0]], alike_in_both[key])
        for key in keys
    ]
    n_small = sum(1 for size in sizes if size < LEAST)
    return Disclosure(tuple(columns), min(sizes, default=None), n_small)


def _find_key(cells: Mapping[Place, Cell] | None, columns: Mapping[str, Tell]) -> Hashable:
    if cells is None:
        return None
    return tuple(
        _name(columns[name](cell)) for (_table, name), cell in cells.items() if name in columns
    )


def _name(cell: Cell) -> str:
    return f"absent: {cell.reason}" if isinstance(cell, Absent) else repr(cell)
