"""Against R 4.2.2's pt and pf, whose series end at about 1e-9, and scipy where it has a number."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from server.analysis.methods.noncentral import (
    compute_noncentral_f_cdf,
    compute_noncentral_t_cdf,
    find_noncentrality_of_f,
    find_noncentrality_of_t,
)


@pytest.mark.parametrize(
    ("t", "df", "noncentrality", "expected"),
    [
        # R 4.2.2: pt(t, df, noncentrality)
        (32.9, 28, 24, 0.97625660991667),
        (5, 10, 2, 0.97618725414635),
        (-1, 4, 1.5, 0.010193644278566),
        (0.3, 2, -1, 0.89507568179854),
        (8, 3, 20, 0.0004394428867986),
    ],
)
def test_t_as_r_has_it(t: float, df: float, noncentrality: float, expected: float) -> None:
    assert compute_noncentral_t_cdf(t, df, noncentrality) == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize(
    ("f", "noncentrality", "expected"),
    # R 4.2.2: pf(f, 1, 28, noncentrality)
    [(4.5, 3, 0.63900674106899), (117.42, 90, 0.76035041136428)],
)
def test_f_as_r_has_it(f: float, noncentrality: float, expected: float) -> None:
    assert compute_noncentral_f_cdf(f, 28, noncentrality) == pytest.approx(expected, abs=1e-9)
    theirs = float(stats.ncf.cdf(f, 1, 28, noncentrality))
    assert compute_noncentral_f_cdf(f, 28, noncentrality) == pytest.approx(theirs, abs=1e-11)


@pytest.mark.parametrize("df", [1, 2, 3, 28, 500])
@pytest.mark.parametrize("t", [0.0, 0.4, 3.0, 40.0, 1e4])
def test_without_noncentrality_it_is_students_t(t: float, df: float) -> None:
    assert compute_noncentral_t_cdf(t, df, 0.0) == pytest.approx(stats.t.cdf(t, df), abs=1e-11)


@pytest.mark.parametrize(("t", "df", "noncentrality"), [(2.0, 2, 60.0), (20.0, 500, 60.0)])
def test_where_scipy_has_no_number(t: float, df: float, noncentrality: float) -> None:
    """scipy 1.17.1's nct.cdf is NaN for these two."""
    assert 0 <= compute_noncentral_t_cdf(t, df, noncentrality) < 1e-100


@given(
    st.floats(-3000, 3000), st.integers(2, 200), st.sampled_from([0.025, 0.05, 0.5, 0.95, 0.975])
)
def test_the_noncentrality_found_has_the_probability(t: float, df: int, probability: float) -> None:
    found = find_noncentrality_of_t(t, df, probability)
    assert compute_noncentral_t_cdf(t, df, found) == pytest.approx(probability, abs=1e-8)
    mirrored = find_noncentrality_of_t(-t, df, 1 - probability)
    assert mirrored == pytest.approx(-found, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("probability", [0.05, 0.95])
@pytest.mark.parametrize("f", [20.0, 5369.17, 1e7])
def test_the_noncentrality_of_f(f: float, probability: float) -> None:
    found = find_noncentrality_of_f(f, 28, probability)
    assert stats.ncf.cdf(f, 1, 28, found) == pytest.approx(probability, abs=1e-9)


def test_there_is_none_of_a_small_f() -> None:
    """F(1, 28) of 4.196 is the 95th percentile of the central one."""
    edge = float(stats.f.ppf(0.95, 1, 28))
    assert find_noncentrality_of_f(edge * 0.999, 28, 0.95) == 0.0
    assert find_noncentrality_of_f(edge * 1.01, 28, 0.95) > 0.0
    assert not math.isnan(find_noncentrality_of_f(0.0, 28, 0.05))
