"""Days that everybody in Iran knows: 22 Bahman 1357, Nowruz, and 30 Esfand of leap years.

A browser test compares every day of 150 years with ICU's calendar.
"""

from datetime import date, timedelta

import pytest

from server.web.catalogue.jalali import MONTHS, JalaliDay, to_jalali

KNOWN = [
    ("1979-02-11", (1357, 11, 22)),
    ("2017-03-20", (1395, 12, 30)),
    ("2021-03-20", (1399, 12, 30)),
    ("2021-03-21", (1400, 1, 1)),
    ("2024-03-19", (1402, 12, 29)),
    ("2024-03-20", (1403, 1, 1)),
    ("2025-03-20", (1403, 12, 30)),
    ("2025-03-21", (1404, 1, 1)),
    ("2026-03-21", (1405, 1, 1)),
    ("2026-09-22", (1405, 6, 31)),
    ("2026-09-23", (1405, 7, 1)),
]


@pytest.mark.parametrize(("iso", "jalali"), KNOWN)
def test_f48_known_days(iso: str, jalali: tuple[int, int, int]) -> None:
    assert to_jalali(date.fromisoformat(iso)) == JalaliDay(*jalali)


def test_f48_a_day_follows_the_other() -> None:
    """Every day is the next of its month, or the first of the next month of 29, 30 or 31 days."""
    last = to_jalali(date(1990, 1, 1))
    for n in range(1, 40_000):
        day = to_jalali(date(1990, 1, 1) + timedelta(days=n))
        if day.day == 1:
            lengths = (31,) if last.month <= 6 else (30,) if last.month < 12 else (29, 30)
            assert last.day in lengths
            assert day.month == last.month % 12 + 1
        else:
            assert day == JalaliDay(last.year, last.month, last.day + 1)
        last = day
    assert len(MONTHS) == 12
