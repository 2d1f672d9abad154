"""Warnings come in time, and say what to do."""

from datetime import UTC, datetime, timedelta

import pytest

from server.certificates.condition import count_days_left, name_condition, read_utc, warn

ENDS = datetime(2027, 12, 29, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "word", "said"),
    [
        (timedelta(days=200), "valid", None),
        (timedelta(days=30), "valid", None),
        (timedelta(days=30) - timedelta(seconds=1), "ends_soon", "ends in 29 days, on 2027-12-29"),
        (timedelta(days=1), "ends_soon", "ends in 1 day, on"),
        (timedelta(seconds=1), "ends_soon", "ends in 0 days"),
        (timedelta(0), "ends_soon", "ends in 0 days"),
        (-timedelta(seconds=1), "ended", "the certificate ended on 2027-12-29"),
    ],
)
def test_a_certificate_is_warned_of_for_thirty_days(
    before: timedelta, word: str, said: str | None
) -> None:
    told = warn(ENDS, ENDS - before)
    assert name_condition(ENDS, ENDS - before) == word
    if said is None:
        assert told is None
    else:
        assert told is not None
        assert said in told
        assert "certs renew" in told


def test_without_a_certificate_there_is_nothing_to_warn_of() -> None:
    assert name_condition(None, ENDS) == "none"


def test_days_left_are_whole_and_go_below_zero() -> None:
    assert count_days_left(ENDS, ENDS - timedelta(hours=47)) == 1
    assert count_days_left(ENDS, ENDS + timedelta(hours=1)) == -1


def test_a_clock_in_nanoseconds_is_a_moment() -> None:
    assert read_utc(1_796_058_000_000_000_000) == datetime(2026, 11, 30, 17, tzinfo=UTC)
