"""No dose-response, yet dose goes with the baseline: p is uniform, intervals hold 95 %."""

import numpy as np
import pytest
from scipy import stats

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.dose_response.coefficients import correlate_rows
from server.analysis.methods.dose_response.correlation import compute_interval
from server.analysis.methods.dose_response.linear import fit_dose_slope
from server.analysis.methods.dose_response.trained import Trained

N = 15


def _draw(rng: np.random.Generator) -> Trained:
    """The fitter train more and have more before and after: confounding by the baseline alone."""
    pre = rng.normal(220, 20, N)
    dose = 4500 + 20 * (pre - 220) + rng.normal(0, 500, N)
    post = 100 + 0.7 * pre + rng.normal(0, 15, N)
    design = TwoByTwo.from_arrays(
        "bdnf", [str(place) for place in range(N)], ["training"] * N, pre, post
    )
    return Trained.from_design(design, "srpe_load_au", dose)


def _check(n_trials: int) -> None:
    rng = np.random.default_rng(11)
    p_values, covered, partial_covered = [], 0, 0
    for _ in range(n_trials):
        trained = _draw(rng)
        slope = fit_dose_slope(trained)
        p_values.append(slope.p)
        covered += slope.ci[0] <= 0 <= slope.ci[1]
        columns = np.column_stack([trained.dose, trained.post, trained.pre])
        r = float(correlate_rows(columns, np.arange(N), by_rank=False))
        low, high = compute_interval(r, N, 1, by_rank=False)
        partial_covered += low <= 0 <= high
    assert stats.kstest(p_values, "uniform").pvalue > 0.001
    assert stats.binomtest(covered, n_trials, 0.95).pvalue > 0.001
    assert stats.binomtest(partial_covered, n_trials, 0.95).pvalue > 0.001


def test_nothing_is_found_as_often_as_it_should() -> None:
    _check(150)


@pytest.mark.nightly
def test_nothing_is_found_as_often_as_it_should_in_thousands() -> None:
    _check(5000)


@pytest.mark.nightly
@pytest.mark.parametrize("rho", [0.0, 0.5])
def test_spearmans_interval_holds_its_share(rho: float) -> None:
    """Of the population's rank correlation, 6 / pi * asin(rho / 2) of a bivariate normal."""
    rng = np.random.default_rng(12)
    truth = 6 / np.pi * np.arcsin(rho / 2)
    draws = rng.multivariate_normal([0, 0], [[1, rho], [rho, 1]], size=(20_000, N))
    rs = [float(correlate_rows(one, np.arange(N), by_rank=True)) for one in draws]
    intervals = [compute_interval(r, N, 0, by_rank=True) for r in rs]
    share = np.mean([low <= truth <= high for low, high in intervals])
    assert share == pytest.approx(0.95, abs=0.01)
