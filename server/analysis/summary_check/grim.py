"""Whether whole numbers can have a printed mean, and that SD with it.

GRIM (Brown & Heathers 2017): the mean of n whole numbers is a whole number over n. GRIMMER (Anaya
2016; Allard 2018): the sum of squares is a whole number as well, odd or even as the sum is.
"""

import math
from dataclasses import dataclass
from typing import Final

from server.analysis.summary_check.printed import REL_SLACK, Interval
from server.analysis.summary_check.table import MeanSd

_MOST_SLACK: Final = 1e-3  # far from taking a fraction for a whole number


@dataclass(frozen=True, slots=True)
class WholeNumbers:
    """`n_sums` whole sums are printed as that mean, `n_pairs` sums of squares with one of them as
    that SD too. `can_fail`: whether some mean of so many digits would be impossible."""

    can_fail: bool
    n_sums: int
    n_pairs: int


def count_whole_numbers(cell: MeanSd, n: int) -> WholeNumbers:
    """Of n whole numbers with this mean and SD."""
    sums = _whole(Interval(cell.mean.rounded.lo * n, cell.mean.rounded.hi * n))
    pairs = sum(_count_squares(total, cell.sd.spread, n) for total in sums)
    return WholeNumbers(2 * cell.mean.half_unit * n < 1, len(sums), pairs)


def find_largest_sd(mean: Interval, bounds: Interval, n: int) -> float:
    """Of n values within bounds: all at the two ends (Mestdagh et al. 2018, their upper bound).

    `mean` is all that is printed like that; nan where none of it lies within the bounds.
    """
    inside = Interval(max(mean.lo, bounds.lo), min(mean.hi, bounds.hi))
    if inside.lo > inside.hi:
        return math.nan
    middle = min(max((bounds.lo + bounds.hi) / 2, inside.lo), inside.hi)
    return math.sqrt((middle - bounds.lo) * (bounds.hi - middle) * n / (n - 1))


def _count_squares(total: int, sd: Interval, n: int) -> int:
    """Sums of squares that give the SD with this sum; the least has values as equal as can be."""
    base, rest = divmod(total, n)
    least = (n - rest) * base**2 + rest * (base + 1) ** 2
    lo = max(float(least), (n - 1) * sd.lo**2 + total**2 / n)
    squares = _whole(Interval(lo, (n - 1) * sd.hi**2 + total**2 / n))
    first = squares.start + (squares.start - total) % 2
    return max(0, (squares.stop - first + 1) // 2)


def _whole(interval: Interval) -> range:
    """The whole numbers of an interval, ends included give or take rounding of doubles."""
    slack = min(_MOST_SLACK, REL_SLACK * max(1.0, abs(interval.lo), abs(interval.hi)))
    return range(math.ceil(interval.lo - slack), math.floor(interval.hi + slack) + 1)
