"""Against 200,000 simulated studies a row, in R 4.2.2 with set.seed(1).

For each, n pairs of a bivariate normal distribution of correlation r are drawn, and counted is how
often |cor| is above the critical value of its t-test at .05.
"""

import pytest

from server.analysis.runs.dose_power import TRUE, tell_dose_power


def test_power_of_fifteen_is_what_simulation_gives() -> None:
    *shown, smallest = tell_dose_power([15, 15], 0.05)
    assert [one.effect for one in shown] == list(TRUE)
    assert [one.power for one in shown] == pytest.approx([0.1947, 0.5022, 0.8762], abs=0.003)
    # at a true correlation of .6525 R counts .8002
    assert smallest.minimum_detectable == pytest.approx(0.6525, abs=0.003)
    assert (smallest.n, smallest.wanted_power) == (15, 0.8)


def test_each_size_once_the_smallest_first_and_none_of_too_few() -> None:
    assert [one.n for one in tell_dose_power([15, 3, 14, 15], 0.05)] == [14] * 4 + [15] * 4
    assert tell_dose_power([0], 0.05) == ()
