"""Weekly load, monotony and strain; golden numbers by hand or by numpy's own mean and std."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.effort.week import WeekLoad, compute_week
from server.dose.quantity import Missing

DAYS = st.lists(st.integers(0, 10_000).map(lambda n: n / 2), min_size=7, max_size=7)


def _values(week: WeekLoad) -> list[float | None]:
    parts = (week.load_au, week.monotony, week.strain_au, week.monotony_n, week.strain_n_au)
    return [one.value for one in parts]


@pytest.mark.parametrize("load", [60, 180, 240.5])
def test_three_equal_sessions_have_the_same_monotony_whatever_they_are(load: float) -> None:
    """By hand: mean 3L/7; sum of squares 12 L^2/7; so 3/7 / sqrt(12/42) and 3/7 / sqrt(12/49)."""
    week = compute_week([load, 0, load, 0, load, 0, 0])
    by_hand, by_hand_n = (3 / 7) / math.sqrt(12 / 42), (3 / 7) / math.sqrt(12 / 49)
    assert (round(by_hand, 4), round(by_hand_n, 4)) == (0.8018, 0.8660)
    assert _values(week) == pytest.approx(
        [3 * load, by_hand, 3 * load * by_hand, by_hand_n, 3 * load * by_hand_n]
    )


def test_a_week_worked_out_by_hand() -> None:
    """240, 180, 120 and four days of rest: mean 540/7 = 77.142857; squares sum to 104400,
    less 540^2/7 = 41657.142857, is 62742.857143; / 6 = 10457.142857, its root 102.260173."""
    week = compute_week([240, 0, 180, 0, 120, 0, 0])
    assert week.load_au.value == 540
    assert week.monotony.value == pytest.approx(77.142857 / 102.260173, abs=1e-6)
    assert week.strain_au.value == pytest.approx(540 * 77.142857 / 102.260173, abs=1e-3)


@pytest.mark.parametrize("day", [0.0, 0.1, 180.0])
def test_seven_equal_days_have_no_monotony_and_no_strain(day: float) -> None:
    week = compute_week([day] * 7)
    assert week.load_au.value == pytest.approx(7 * day)
    for one in (week.monotony, week.strain_au, week.monotony_n, week.strain_n_au):
        assert one.missing is Missing.NOT_APPLICABLE


def test_days_that_differ_by_rounding_alone_are_equal() -> None:
    other = math.nextafter(132.0, math.inf)
    assert other != 132.0
    assert compute_week([132.0] * 6 + [other]).monotony.missing is Missing.NOT_APPLICABLE


def test_one_unknown_day_leaves_the_week_unknown() -> None:
    week = compute_week([240, 0, None, 0, 120, 0, 0])
    for one in (week.load_au, week.monotony, week.strain_au, week.monotony_n, week.strain_n_au):
        assert (one.value, one.missing) == (None, Missing.NOT_RECORDED)
        assert one.coverage == pytest.approx(6 / 7)


@pytest.mark.parametrize("n_days", [0, 3, 6, 8])
def test_days_of_training_alone_are_no_week(n_days: int) -> None:
    with pytest.raises(ValueError, match="7 days"):
        compute_week([180.0] * n_days)


def test_days_of_rest_count() -> None:
    """Over training days alone 180, 180 and 220 would have 8.37 (Python's statistics module).

    With rest, by hand: mean 580/7 = 82.857143; squares 113200 - 580^2/7 = 65142.857143; over 6 it
    is 10857.142857, whose root is 104.197615.
    """
    trained = [180, 180, 220]
    assert statistics.mean(trained) / statistics.stdev(trained) == pytest.approx(8.37, abs=0.005)
    days = [180, 0, 180, 0, 220, 0, 0]
    assert compute_week(days).monotony.value == pytest.approx(82.857143 / 104.197615, abs=1e-6)


@given(DAYS)
def test_numpy_finds_the_same(days: list[float]) -> None:
    week = compute_week(days)
    spread = float(np.std(days, ddof=1))
    if week.monotony.value is None:
        assert spread == 0
        return
    assert week.monotony.value == pytest.approx(float(np.mean(days)) / spread, rel=1e-6)
    assert week.strain_n_au.value == pytest.approx(
        float(np.sum(days) * np.mean(days) / np.std(days)), rel=1e-6
    )
