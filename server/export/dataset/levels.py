"""How a column that may tell who somebody is can go out: as it is, or coarser. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from server.export.dataset.absence import Absent
from server.export.dataset.bands import BANDS, Bands
from server.export.dataset.column import Cell, Column, Kind
from server.study.told_levels import TOGETHER, WORDS, Fineness

ENDING: Final = "_band"  # of the name of a column of bands
_ANY_OR_NONE: Final = {"none": "band: none", "any": "band: any, whichever"}
TOGETHER_OF: Final = frozenset({"dmt", "other_drugs"})  # whose words may be put together


@dataclass(frozen=True, slots=True)
class Level:
    """`column` stands in place of the one called `of`; `tell` makes its cells of exact ones.

    `limits` are those of its bands; None where it has none.
    """

    of: str
    column: Column
    tell: Callable[[Cell], Cell]
    limits: tuple[float, ...] | None = None

    @property
    def fineness(self) -> Fineness:
        """As the study notes it of a dataset."""
        return self.limits or (TOGETHER if self.is_coarser else WORDS)

    @property
    def is_coarser(self) -> bool:
        """Whether it tells less than the exact column."""
        return self.column.name != self.of


def list_levels(column: Column) -> tuple[Level, ...]:
    """The finest first; none for what goes out exactly or not at all.

    Of a category its words are the finest level: there is nothing between two of them. A list of
    several has no words of its own.
    """
    if column.name in BANDS:
        return tuple(_put_in_bands(column, one) for one in BANDS[column.name])
    whole = Level(column.name, column, _keep)
    if column.name in TOGETHER_OF:
        return (whole, _put_together(column)) if column.values else (_put_together(column),)
    return (whole,) if column.values or column.kind is Kind.BOOLEAN else ()


def _put_in_bands(column: Column, bands: Bands) -> Level:
    values = bands.label_words(column.unit)
    coarser = _make_column(column, values, is_ordered=True)
    return Level(column.name, coarser, partial(_find_band, bands), bands.limits)


def _put_together(column: Column) -> Level:
    """Whether there is any."""
    return Level(column.name, _make_column(column, _ANY_OR_NONE, is_ordered=False), _tell_any)


def _make_column(column: Column, values: dict[str, str], *, is_ordered: bool) -> Column:
    return Column(
        f"{column.name}{ENDING}",
        Kind.STRING,
        f"{column.label}, in bands; not a value",
        values=values,
        may_be_absent=column.may_be_absent,
        is_ordered=is_ordered,
    )


def _keep(cell: Cell) -> Cell:
    return cell


def _find_band(bands: Bands, cell: Cell) -> Cell:
    if isinstance(cell, Absent):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise TypeError(f"{cell!r} is in no band")
    return bands.find(cell)


def _tell_any(cell: Cell) -> Cell:
    return cell if isinstance(cell, Absent) or cell == "none" else "any"
