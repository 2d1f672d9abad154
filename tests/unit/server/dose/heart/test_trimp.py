"""Worked by hand on rest 60, maximum 180; powers of e by bc 1.07.1, shown beside each number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.dose.heart.trimp import (
    BANISTER,
    BanisterCoefficients,
    Sex,
    Thresholds,
    compute_trimp_banister,
    compute_trimp_banister_of_mean,
    compute_trimp_edwards,
    compute_trimp_lucia,
)
from server.dose.heart.zones import ZoneMinutes

MINUTE_S = np.array([60.0])


@pytest.mark.parametrize(
    ("sex", "expected"),
    [
        ("female", 0.991070040763),  # bc: .5*.86*e(1.67*.5)
        ("male", 0.835742871495),  # bc: .5*.64*e(1.92*.5)
    ],
)
def test_banister_of_a_minute_at_half_the_reserve(sex: Sex, expected: float) -> None:
    trimp = compute_trimp_banister(np.array([0.5]), MINUTE_S, BANISTER[sex])
    assert trimp == pytest.approx(expected, abs=1e-10)


def test_no_sex_has_the_common_mixture() -> None:
    """k .64 with b 1.67 is told only to those who ask for just that."""
    mixed = compute_trimp_banister(np.array([0.5]), MINUTE_S, BanisterCoefficients(0.64, 1.67))
    assert mixed == pytest.approx(0.737540495451, abs=1e-10)  # bc: .5*.64*e(1.67*.5)
    assert (BANISTER["female"].k, BANISTER["female"].b) == (0.86, 1.67)
    assert (BANISTER["male"].k, BANISTER["male"].b) == (0.64, 1.92)


def test_sample_by_sample_is_more_than_of_the_mean() -> None:
    """Two minutes at a quarter and one at three quarters; their mean is 1.25/3."""
    hrr, held_s, curve = np.array([0.25, 0.75]), np.array([120.0, 60.0]), BANISTER["female"]
    # by bc as 2*.25*.86*e(1.67*.25)+.75*.86*e(1.67*.75)
    assert compute_trimp_banister(hrr, held_s, curve) == pytest.approx(2.909715830346, abs=1e-10)
    # by bc as 3*(1.25/3)*.86*e(1.67*1.25/3)
    of_mean = compute_trimp_banister_of_mean(1.25 / 3, 3.0, curve)
    assert of_mean == pytest.approx(2.155782991980, abs=1e-10)


def test_banister_clips_to_the_reserve() -> None:
    curve = BANISTER["female"]
    assert compute_trimp_banister(np.array([-0.2]), MINUTE_S, curve) == 0.0
    over = compute_trimp_banister(np.array([1.1]), MINUTE_S, curve)
    assert over == compute_trimp_banister(np.array([1.0]), MINUTE_S, curve)
    assert compute_trimp_banister_of_mean(-0.1, 60.0, curve) == 0.0


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 60)), min_size=1, max_size=30))
def test_the_mean_never_gives_more(parts: list[tuple[float, float]]) -> None:
    hrr, held_s = np.array(parts).T
    mean, minutes = float((hrr * held_s).sum() / held_s.sum()), float(held_s.sum()) / 60
    curve = BANISTER["male"]
    summed = compute_trimp_banister(hrr, held_s, curve)
    assert compute_trimp_banister_of_mean(mean, minutes, curve) <= summed + 1e-9


def test_edwards_weighs_minutes_by_their_zone() -> None:
    """10*1 + 5*2 + 4*3 + 2*4 + 1*5 = 45; what is below counts nothing."""
    assert compute_trimp_edwards(ZoneMinutes((10, 5, 4, 2, 1), 38.0, 0.0)) == 45.0


def test_lucia_weighs_by_measured_thresholds_which_belong_to_the_middle() -> None:
    """Minutes: below 120 one, 120 one, 150 one, above 150 one: 1 + 2 + 2 + 3."""
    rates = np.array([119.0, 120.0, 150.0, 151.0])
    assert compute_trimp_lucia(rates, np.full(4, 60.0), Thresholds(120.0, 150.0)) == 8.0


@pytest.mark.parametrize("pair", [(150.0, 120.0), (120.0, 120.0), (0.0, 120.0), (np.nan, 150.0)])
def test_thresholds_that_cant_be_are_refused(pair: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="first threshold lies below the second"):
        Thresholds(*pair)


@pytest.mark.parametrize("pair", [(0.0, 1.67), (0.86, -1.0), (np.nan, 1.67), (0.86, np.inf)])
def test_coefficients_that_cant_be_are_refused(pair: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        BanisterCoefficients(*pair)
