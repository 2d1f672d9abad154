"""Axes: round ticks that reach over all values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.analysis.report.figures.scale import Scale, find_ticks, write_tick


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_reach_over_everything_in_equal_round_steps(low: float, width: float) -> None:
    ticks = find_ticks(low, low + width)
    step = ticks[1] - ticks[0]
    assert ticks[0] <= low + step * 1e-6
    assert ticks[-1] >= low + width - step * 1e-6
    assert 2 <= len(ticks) <= 12
    mantissa = float(f"{step:.6e}".partition("e")[0])
    assert round(mantissa, 3) in {1.0, 2.0, 5.0, 10.0}


def test_values_that_are_all_alike_get_an_axis_too() -> None:
    ticks = find_ticks(5.0, 5.0)
    assert ticks[0] < 5.0 < ticks[-1]


def test_ticks_read_with_as_many_decimals_as_they_need() -> None:
    assert [write_tick(one, [0.0, 0.5]) for one in (0.0, 0.5, -1.5)] == ["0.0", "0.5", "\u22121.5"]
    assert write_tick(200.0, [0.0, 200.0]) == "200"


@pytest.mark.parametrize(("value", "px"), [(0.0, 200.0), (10.0, 20.0), (5.0, 110.0)])
def test_values_lie_between_the_ends(value: float, px: float) -> None:
    assert Scale(0.0, 10.0, 200.0, 20.0).place(value) == px
