"""A column of a table: its name, kind, unit, words, and what it could give away."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from server.export.dataset.absence import Absent

Cell = int | float | str | bool | Absent

# SPSS takes 64 bytes, REDCap small letters, digits and underscores; a twin adds its ending.
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


class Kind(StrEnum):
    """What a value is; the words are those of the Table Schema (Data Package 1)."""

    INTEGER = "integer"
    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"


class Guard(StrEnum):
    """What a column could give away, so that it is only exported where somebody approved it."""

    DATE = "dates"
    FREE_TEXT = "free_text"
    SERIAL = "serials"
    ARM = "arms"  # whom the data are for may be blinded; dose and attendance show who trains, too


@dataclass(frozen=True, slots=True)
class Column:
    """`values`: the only ones that a category has, each with its label.

    `may_be_absent` columns get a twin that says why a value isn't there. `is_quasi`: together with
    others of its kind it may tell who somebody is. `is_ordered`: its values rise in their order.
    Raises ValueError for a name that not every program takes.
    """

    name: str
    kind: Kind
    label: str
    unit: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    may_be_absent: bool = False
    guard: Guard | None = None
    is_quasi: bool = False
    is_ordered: bool = False

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no name that every program takes")
        if self.values and self.kind is not Kind.STRING:
            raise ValueError(f"{self.name}: categories are words")


def check_cell(column: Column, cell: Cell) -> None:
    """Raises ValueError for what the column doesn't take."""
    if isinstance(cell, Absent):
        if not column.may_be_absent:
            raise ValueError(f"{column.name} always has a value")
        return
    if not isinstance(cell, _TYPES[column.kind]) or (
        isinstance(cell, bool) and column.kind is not Kind.BOOLEAN
    ):
        raise ValueError(f"{column.name} is {column.kind.value}, and {cell!r} isn't")
    if isinstance(cell, float) and not math.isfinite(cell):
        raise ValueError(f"{column.name} is {cell!r}, which is no number")
    if column.values and cell not in column.values:
        raise ValueError(f"{column.name} has no value {cell!r}")


_TYPES: Final[Mapping[Kind, tuple[type, ...]]] = {
    Kind.INTEGER: (int,),
    Kind.NUMBER: (int, float),
    Kind.STRING: (str,),
    Kind.BOOLEAN: (bool,),
    Kind.DATE: (str,),
}
