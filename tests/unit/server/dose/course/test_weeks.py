"""Weekly load, monotony and strain over a course.

Foster 1998 (MSSE 30:1164): monotony is the mean over the standard deviation of seven days, rest
days as 0, strain is the week's load times it. By hand, for three days of L and four of 0: mean
3L/7, sum of squares about it 3L^2 - 7 (3L/7)^2 = 12/7 L^2, so with n - 1 the deviation is
L sqrt(2/7) and monotony (3/7) / sqrt(2/7) = 0.80178, with n (3/7) / sqrt(12/49) = 0.86603.
"""

from dataclasses import replace
from datetime import date, timedelta
from math import sqrt

import pytest

from server.dose.course.weeks import list_load_weeks
from server.dose.quantity import Missing
from tests.course_sessions import FIRST, ahead, find_day, missed, trained, unknown

MONOTONY = 3 / 7 / sqrt(2 / 7)


def test_three_equal_sessions_a_week() -> None:
    one, two = list_load_weeks([*(trained(n, 120) for n in (1, 2, 3)), trained(4, 180)])
    assert (one.load_au.value, one.n_known, one.n_sessions, one.numbers) == (360, 3, 3, (1, 2, 3))
    assert one.monotony.value == pytest.approx(MONOTONY)
    assert pytest.approx(0.80178, abs=1e-5) == MONOTONY
    assert one.monotony_n.value == pytest.approx(0.86603, abs=1e-5)
    assert one.strain_au.value == pytest.approx(360 * MONOTONY)
    assert one.strain_n_au.value == pytest.approx(360 * 0.866025, abs=1e-3)
    assert (one.first_day, two.first_day) == (FIRST, FIRST + timedelta(days=7))
    assert [week.cumulative_au.value for week in (one, two)] == [360, 540]


def test_sessions_that_differ() -> None:
    """90, 0, 150, 0, 210, 0, 0: mean 64.286, deviation sqrt((74700 - 28928.57) / 6) = 87.342;
    monotony 0.73603, strain 450 x that = 331.21."""
    (week,) = list_load_weeks([trained(1, 90), trained(2, 150), trained(3, 210)])
    assert week.monotony.value == pytest.approx(0.73603, abs=1e-5)
    assert week.strain_au.value == pytest.approx(331.21, abs=0.01)


def test_a_missed_session_is_a_day_of_rest() -> None:
    """60, 0, 0, 0, 60, 0, 0: mean 120/7, deviation sqrt((7200 - 7 (120/7)^2) / 6)."""
    (week,) = list_load_weeks([trained(1, 60), missed(2), trained(3, 60)])
    assert (week.load_au.value, week.load_au.coverage) == (120, 1)
    spread = sqrt((7200 - 7 * (120 / 7) ** 2) / 6)
    assert week.monotony.value == pytest.approx(120 / 7 / spread)


def test_a_week_with_a_session_that_nobody_rated_has_no_load_and_says_of_how_many_it_is_known() -> (
    None
):
    weeks = list_load_weeks(
        [trained(1, 60), trained(2, Missing.REFUSED), trained(3, 60), trained(4, 90)]
    )
    one, two = weeks
    assert (one.n_known, one.n_sessions) == (2, 3)
    told = (one.load_au, one.monotony, one.strain_au, one.monotony_n, one.strain_n_au)
    assert {quantity.value for quantity in told} == {None}
    assert {quantity.missing for quantity in told} == {Missing.REFUSED}
    assert {quantity.coverage for quantity in told} == {2 / 3}
    assert two.load_au.value == 90
    assert two.cumulative_au.missing is Missing.REFUSED


def test_weeks_ahead_say_so_and_what_came_before_is_known() -> None:
    weeks = list_load_weeks([*(trained(n, 60) for n in (1, 2, 3)), unknown(4), ahead(5), ahead(6)])
    assert weeks[0].cumulative_au.value == 180
    assert weeks[1].load_au.missing is Missing.NOT_OVER
    assert (weeks[1].n_known, weeks[1].n_sessions) == (0, 3)
    assert weeks[1].load_au.coverage == 0


def test_a_week_without_sessions_is_known_to_be_rest_and_has_no_monotony() -> None:
    weeks = list_load_weeks([trained(1, 60), trained(7, 90)])
    assert [week.load_au.value for week in weeks] == [60, 0, 90]
    assert weeks[1].monotony.missing is Missing.NOT_APPLICABLE
    assert (weeks[1].numbers, weeks[1].load_au.coverage) == ((), None)


def test_a_week_that_she_missed_whole_has_load_zero_and_no_monotony() -> None:
    (week,) = list_load_weeks([missed(1), missed(2), missed(3)])
    assert (week.load_au.value, week.load_au.coverage) == (0, 1)
    assert (week.monotony.missing, week.monotony.coverage) == (Missing.NOT_APPLICABLE, 1)


def test_a_session_that_was_moved_counts_on_its_new_day() -> None:
    """Friday of week 1 on Monday of week 2, on which session 4 is as well."""
    moved = replace(trained(3, 90), day=find_day(4))
    weeks = list_load_weeks([trained(1, 60), trained(2, 60), moved, trained(4, 60)])
    assert [week.load_au.value for week in weeks] == [120, 150]
    assert weeks[1].numbers == (3, 4)


def test_blocks_begin_on_the_first_sessions_day_whatever_day_of_the_week_it_is() -> None:
    """Wednesday, Friday and the next Monday are one week."""
    days = [date(2026, 11, 4), date(2026, 11, 6), date(2026, 11, 9), date(2026, 11, 11)]
    sessions = [replace(trained(n, 100), day=day) for n, day in enumerate(days, 1)]
    assert [week.load_au.value for week in list_load_weeks(sessions)] == [300, 100]
    undated = replace(ahead(5), day=None)
    assert len(list_load_weeks([undated])) == 0
