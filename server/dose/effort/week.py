"""A week of daily loads: their sum, how alike its days are, and the product (Foster 1998)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from statistics import fmean, pstdev, stdev
from typing import Final

from server.dose.effort.session_load import AU
from server.dose.quantity import Missing, Quantity

VERSION: Final = 1
DAYS: Final = 7
_ROUNDING: Final = 1e-9  # of the mean: days that differ by less are equal, but for how they add up


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """One week.

    Foster's paper doesn't say which standard deviation: `monotony` and `strain_au` divide by
    n - 1, the two with `_n` by n. With three equal sessions a week monotony is constant, 0.8018
    (0.8660), and says nothing. No acute:chronic ratio is computed.
    """

    load_au: Quantity
    monotony: Quantity
    strain_au: Quantity
    monotony_n: Quantity
    strain_n_au: Quantity


def compute_week(days_au: Sequence[float | None]) -> WeekLoad:
    """`days_au`: seven loads, 0 on a day of rest, None where a session's load isn't known.

    One unknown day leaves the whole week unknown. Seven equal days have no spread, and then
    neither monotony nor strain exists. Raises ValueError for another number of days.
    """
    if len(days_au) != DAYS:
        raise ValueError(f"a week has {DAYS} days, not {len(days_au)}")
    known = [one for one in days_au if one is not None]
    if len(known) < DAYS:
        return _unknown_week(len(known) / DAYS)
    load_au, mean_au = fsum(known), fmean(known)
    monotony = _divide(mean_au, stdev(known))
    monotony_n = _divide(mean_au, pstdev(known))
    return WeekLoad(
        load_au=Quantity(load_au, AU, VERSION),
        monotony=_tell(monotony, 1.0, "1"),
        strain_au=_tell(monotony, load_au, AU),
        monotony_n=_tell(monotony_n, 1.0, "1"),
        strain_n_au=_tell(monotony_n, load_au, AU),
    )


def _divide(mean_au: float, spread_au: float) -> float | None:
    return mean_au / spread_au if spread_au > _ROUNDING * mean_au else None


def _tell(monotony: float | None, factor: float, unit: str) -> Quantity:
    if monotony is None:
        return Quantity.missing_for(Missing.NOT_APPLICABLE, unit, VERSION)
    return Quantity(monotony * factor, unit, VERSION)


def _unknown_week(coverage: float) -> WeekLoad:
    def unknown(unit: str) -> Quantity:
        return Quantity.missing_for(Missing.NOT_RECORDED, unit, VERSION, coverage)

    return WeekLoad(unknown(AU), unknown("1"), unknown(AU), unknown("1"), unknown(AU))
