"""Days of the Solar Hijri (Jalali) calendar, for showing only: data have ISO 8601 days. Pure.

Leap years by the 33-year rule as ICU's PersianCalendar has it (unicode-org/icu, persncal.cpp:
`(25 * year + 11) mod 33 < 8`). A test compares every day from 1950 to 2100 with a browser's.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

_EPOCH: Final = date(622, 3, 21).toordinal()  # 1 Farvardin 1, proleptic Gregorian
_LONG_MONTHS: Final = 6  # then come short ones
_LONG: Final = 31
_SHORT: Final = 30
MONTHS: Final = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class JalaliDay:
    """A day of year, month (1 to 12) and day of the month."""

    year: int
    month: int
    day: int

    @property
    def month_name(self) -> str:
        """In Persian."""
        return MONTHS[self.month - 1]


def to_jalali(day: date) -> JalaliDay:
    """The same day."""
    since = day.toordinal() - _EPOCH
    year = 1 + (33 * since + 3) // 12053  # 12053 days make 33 years
    of_year = since - _count_days_before(year)
    if of_year < _LONG_MONTHS * _LONG:
        month, of_month = divmod(of_year, _LONG)
    else:
        month, of_month = divmod(of_year - _LONG_MONTHS * _LONG, _SHORT)
        month += _LONG_MONTHS
    return JalaliDay(year, month + 1, of_month + 1)


def _count_days_before(year: int) -> int:
    return 365 * (year - 1) + (8 * year + 21) // 33
