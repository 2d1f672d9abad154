"""Days of the study."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from server.study.study_days import count_study_day, find_first_day, read_day, read_local_day

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
    assert find_first_day(starts, UTC) == FIRST
    assert find_first_day([], UTC) is None
    assert find_first_day(starts, ZoneInfo("Asia/Tehran")) == date(2026, 12, 1)


# Offsets of the IANA database: Tehran has +03:30 all year since 2022; in Berlin clocks went back on
# 25 October 2026 at 01:00Z and forward on 28 March 2027 at 01:00Z, in New York on 1 November 2026
# at 06:00Z.
MIDNIGHTS = [
    ("Asia/Tehran", "2026-11-29T20:29:59.999Z", "2026-11-29"),
    ("Asia/Tehran", "2026-11-29T20:30:00.000Z", "2026-11-30"),
    ("Europe/Berlin", "2026-10-24T21:59:59.999Z", "2026-10-24"),
    ("Europe/Berlin", "2026-10-24T22:00:00.000Z", "2026-10-25"),
    ("Europe/Berlin", "2026-10-25T22:59:59.999Z", "2026-10-25"),  # a day of 25 hours
    ("Europe/Berlin", "2026-10-25T23:00:00.000Z", "2026-10-26"),
    ("Europe/Berlin", "2027-03-28T21:59:59.999Z", "2027-03-28"),  # a day of 23 hours
    ("Europe/Berlin", "2027-03-28T22:00:00.000Z", "2027-03-29"),
    ("America/New_York", "2026-11-01T03:59:59.999Z", "2026-10-31"),
    ("America/New_York", "2026-11-02T04:59:59.999Z", "2026-11-01"),
    ("America/New_York", "2026-11-02T05:00:00.000Z", "2026-11-02"),
]


@pytest.mark.parametrize(("zone", "utc", "day"), MIDNIGHTS)
def test_a_session_and_a_draw_of_one_moment_have_one_day(zone: str, utc: str, day: str) -> None:
    wanted = date.fromisoformat(day)
    assert read_day(utc, ZoneInfo(zone)) == wanted
    for offset in ("+00:00", "+14:00", "-11:00"):  # whatever clock it was written down by
        moment = datetime.fromisoformat(utc).astimezone(
            datetime.fromisoformat(f"2026-01-01T00:00{offset}").tzinfo
        )
        assert read_local_day(moment.isoformat(), ZoneInfo(zone)) == wanted


def test_a_moment_without_an_offset_has_no_day() -> None:
    with pytest.raises(ValueError, match="no offset"):
        read_local_day("2026-10-25T02:30:00", ZoneInfo("Europe/Berlin"))
