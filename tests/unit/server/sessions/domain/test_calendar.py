from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from server.sessions.domain.calendar import (
    CalendarError,
    choose_tonight,
    find_close_days,
    find_overlaps,
    list_times,
)

TEHRAN = ZoneInfo("Asia/Tehran")
BERLIN = ZoneInfo("Europe/Berlin")
MON_WED_FRI = (0, 2, 4)
FIVE = time(17, 0)


def test_a_course_of_eight_weeks_at_five_in_tehran() -> None:
    """Tehran is at UTC+03:30 all year since 2022 (tzdata 2022b)."""
    times = list_times(date(2026, 11, 30), MON_WED_FRI, FIVE, TEHRAN, 24)
    assert [one.ordinal for one in times] == list(range(1, 25))
    starts = [one.planned_start for one in times]
    assert starts[:4] == [
        "2026-11-30T13:30:00.000Z",
        "2026-12-02T13:30:00.000Z",
        "2026-12-04T13:30:00.000Z",
        "2026-12-07T13:30:00.000Z",
    ]
    assert starts[-1] == "2027-01-22T13:30:00.000Z"


def test_a_first_day_that_is_no_training_day_waits_for_the_next_one() -> None:
    (one,) = list_times(date(2026, 12, 1), MON_WED_FRI, FIVE, TEHRAN, 1)
    assert one.local.date() == date(2026, 12, 2)


def test_local_time_stays_when_clocks_change() -> None:
    """Berlin goes back from +02:00 to +01:00 on 2026-10-25."""
    times = list_times(date(2026, 10, 23), MON_WED_FRI, FIVE, BERLIN, 2)
    starts = [one.planned_start for one in times]
    assert starts == ["2026-10-23T15:00:00.000Z", "2026-10-26T16:00:00.000Z"]


def test_an_hour_that_comes_twice_is_the_first_one_and_one_that_is_skipped_is_refused() -> None:
    twice = list_times(date(2026, 10, 25), [6], time(2, 30), BERLIN, 1)
    assert twice[0].planned_start == "2026-10-25T00:30:00.000Z"
    with pytest.raises(CalendarError, match="2026-03-29 02:30 doesn't exist"):
        list_times(date(2026, 3, 29), [6], time(2, 30), BERLIN, 1)


def test_no_weekday_is_no_course() -> None:
    with pytest.raises(CalendarError, match="at least one weekday"):
        list_times(date(2026, 11, 30), (), FIVE, TEHRAN, 1)


@pytest.mark.parametrize(
    ("start", "overlapping"),
    [
        ("2026-11-30T13:30:00.000Z", [1]),
        ("2026-11-30T12:30:00.001Z", [1]),
        ("2026-11-30T14:29:59.999Z", [1]),
        ("2026-11-30T12:30:00.000Z", []),
        ("2026-11-30T14:30:00.000Z", []),
        ("2026-12-02T13:00:00.000Z", [2]),
    ],
)
def test_sessions_that_would_overlap_are_named(start: str, overlapping: list[int]) -> None:
    times = list_times(date(2026, 11, 30), MON_WED_FRI, FIVE, TEHRAN, 3)
    assert [one.ordinal for one in find_overlaps(times, [start], 60)] == overlapping


def test_days_without_a_day_of_rest_between_are_named() -> None:
    def close(*weekdays: int) -> list[tuple[int, int]]:
        times = list_times(date(2026, 11, 30), weekdays, FIVE, TEHRAN, 4)
        return [(one.ordinal, other.ordinal) for one, other in find_close_days(times)]

    assert close(0, 2, 4) == []
    assert close(0, 1, 4) == [(1, 2)]
    assert close(4, 5) == [(1, 2), (3, 4)]


def _line(session: str, start: str | None, state: str = "planned") -> dict[str, object]:
    return {"id": session, "planned_start": start, "state": state}


def test_the_session_nearest_to_now_is_tonights() -> None:
    lines = [
        _line("a", "2026-11-30T13:30:00.000Z", "closed"),
        _line("b", "2026-11-30T17:30:00.000Z", "running"),
        _line("c", "2026-12-02T13:30:00.000Z"),
        _line("d", None, "running"),
    ]
    assert choose_tonight(lines, "2026-11-30T13:30:00.000Z", 12) == "b"
    assert choose_tonight(lines, "2026-12-02T09:00:00.000Z", 12) == "c"
    assert choose_tonight(lines, "2026-12-01T15:31:00.000Z", 1) is None
