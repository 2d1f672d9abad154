"""Exact intervals of a Poisson count, against printed tables."""

import pytest

from server.analysis.methods.exact_rate import compute_exact_rate
from server.errors import MethodError


@pytest.mark.parametrize(
    ("n_events", "low", "high"),
    [
        # Garwood, Biometrika 1936; 28: 437-442; as Ulm, Am J Epidemiol 1990; 131: 373-375 has them.
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (4, 1.090, 10.242),
        (10, 4.795, 18.390),
        (100, 81.364, 121.627),
    ],
)
def test_the_interval_is_garwoods(n_events: int, low: float, high: float) -> None:
    found = compute_exact_rate(n_events, 1.0)
    assert found.ci95 == pytest.approx((low, high), abs=6e-4)


def test_a_rate_is_per_exposure() -> None:
    found = compute_exact_rate(4, 3.41)
    assert found.rate == pytest.approx(4 / 3.41)
    assert found.ci95[1] == pytest.approx(10.242 / 3.41, abs=1e-3)


@pytest.mark.parametrize(("n_events", "exposure"), [(1, 0.0), (1, -1.0), (-1, 1.0)])
def test_what_makes_no_rate_is_refused(n_events: int, exposure: float) -> None:
    with pytest.raises(MethodError):
        compute_exact_rate(n_events, exposure)
