"""Days of the study."""

from datetime import date

import pytest

from server.export.dataset.study_days import count_study_day, find_first_day

FIRST = date(2026, 11, 30)


# CDISC SDTM Implementation Guide 3.4, 4.4.4: there is no study day 0.
@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2026, 11, 30), 1), (date(2026, 12, 1), 2), (date(2026, 11, 29), -1)],
)
def test_there_is_no_day_0(day: date, number: int) -> None:
    assert count_study_day(FIRST, day) == number


def test_the_first_day_is_that_of_the_first_session() -> None:
    starts = ["2026-12-02T17:00:00.000Z", "2026-11-30T23:59:59.999Z"]
    assert find_first_day(starts) == FIRST
    assert find_first_day([]) is None
