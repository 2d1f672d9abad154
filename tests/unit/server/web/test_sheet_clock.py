"""Times as people write them by the clock on the wall."""

import pytest

from server.web.sheet_clock import SheetClock

TEHRAN = SheetClock("2026-11-30T13:30:00.000Z", 210)
LATE = SheetClock("2026-11-30T22:30:00.000Z", 0)


@pytest.mark.parametrize("text", ["17:12", "1712", "17.12", "17 12", " 17:12 ", "17h12"])
def test_a_time_is_read_as_people_write_it(text: str) -> None:
    assert TEHRAN.read(text) == "2026-11-30T13:42:00.000Z"


@pytest.mark.parametrize("text", ["", "25:00", "17:60", "5", "13:42", "04:00", "noon", "１７:12"])
def test_what_is_no_time_of_that_evening_is_none(text: str) -> None:
    """13:42 would be UTC, three hours and a half beside the wall."""
    assert TEHRAN.read(text) is None


def test_an_evening_goes_on_after_midnight() -> None:
    assert LATE.read("00:20") == "2026-12-01T00:20:00.000Z"
    assert LATE.read("22:05") == "2026-11-30T22:05:00.000Z"


def test_what_the_wall_says() -> None:
    assert (TEHRAN.day, TEHRAN.tell(TEHRAN.planned_start), TEHRAN.zone_words) == (
        "2026-11-30", "17:00", "UTC+03:30",
    )  # fmt: skip
    assert SheetClock("2026-11-30T02:00:00.000Z", -300).day == "2026-11-29"
    assert SheetClock("2026-11-30T02:00:00.000Z", -300).zone_words == "UTC-05:00"
