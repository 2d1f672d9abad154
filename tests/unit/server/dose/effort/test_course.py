"""Weeks of a course from sessions on their days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.effort.course import DatedLoad, find_monday, list_weeks
from server.dose.quantity import Missing

MONDAY = date(2026, 1, 5)


def _load(day: int, load_au: float | None) -> DatedLoad:
    return DatedLoad(MONDAY + timedelta(days=day), load_au)


def test_sessions_of_one_day_add_up_and_a_day_without_one_is_zero() -> None:
    (week,) = list_weeks([_load(0, 100), _load(0, 80), _load(2, 180), _load(4, 180)], MONDAY)
    assert (week.number, week.n_sessions, week.load.load_au.value) == (1, 4, 540)
    assert week.load.monotony.value == pytest.approx(0.8018, abs=1e-4)
    assert (week.first_day, week.last_day) == (MONDAY, date(2026, 1, 11))


def test_a_week_without_sessions_is_a_week_of_rest() -> None:
    weeks = list_weeks([_load(0, 100), _load(14, 50)], MONDAY)
    assert [week.load.load_au.value for week in weeks] == [100, 0, 50]
    assert weeks[1].load.monotony.missing is Missing.NOT_APPLICABLE
    assert [week.cumulative_au.value for week in weeks] == [100, 100, 150]


def test_after_an_unknown_session_no_total_is_known() -> None:
    weeks = list_weeks([_load(0, 100), _load(7, None), _load(7, 60), _load(14, 50)], MONDAY)
    assert [week.load.load_au.value for week in weeks] == [100, None, 50]
    assert [week.cumulative_au.missing for week in weeks] == [
        None,
        Missing.NOT_RECORDED,
        Missing.NOT_RECORDED,
    ]


def test_blocks_begin_where_they_are_told_to() -> None:
    """The sixth and the seventh day after a Monday are one week, the seventh is the next."""
    assert [week.n_sessions for week in list_weeks([_load(6, 1), _load(7, 1)], MONDAY)] == [1, 1]
    shifted = list_weeks([_load(6, 1), _load(7, 1)], MONDAY + timedelta(days=6))
    assert [week.n_sessions for week in shifted] == [2]


def test_the_monday_of_an_iso_week() -> None:
    assert find_monday(date(2027, 1, 3)) == date(2026, 12, 28)
    assert find_monday(MONDAY) == MONDAY


def test_a_session_before_the_first_day_is_refused() -> None:
    with pytest.raises(ValueError, match="before 2026-01-05"):
        list_weeks([_load(-1, 10)], MONDAY)
    assert list_weeks([], MONDAY) == []


@given(st.lists(st.tuples(st.integers(0, 60), st.floats(0, 1000)), min_size=1, max_size=30))
def test_weeks_lose_and_repeat_nothing(sessions: list[tuple[int, float]]) -> None:
    weeks = list_weeks([_load(*one) for one in sessions], MONDAY)
    assert sum(week.n_sessions for week in weeks) == len(sessions)
    assert weeks[-1].cumulative_au.value == pytest.approx(sum(load for _, load in sessions))
