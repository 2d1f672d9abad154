"""Nothing to find, a fifth of the posts missing: p is uniform, and 95 % intervals hold 95 %."""

import numpy as np
import pytest
from scipy import stats

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.mixed.covariance import Covariance
from server.analysis.methods.mixed.model import MixedModel, compute_mixed_model
from server.analysis.methods.mixed.moments import Model

N = 24
TRUE_CHANGE = 12.0  # in both arms


def _simulate(rng: np.random.Generator, model: Model, covariance: Covariance) -> MixedModel:
    shared = rng.normal(0, 15, N)
    pre, post = 200 + shared + rng.normal(0, 12, N), 200 + shared + rng.normal(0, 12, N)
    post = np.where(pre > np.quantile(pre, 0.8), np.nan, post + TRUE_CHANGE)  # at random, by pre
    group = ["control", "training"] * (N // 2)
    design = TwoByTwo.from_arrays("bdnf", [str(place) for place in range(N)], group, pre, post)
    return compute_mixed_model(design, model, covariance)


def _check(n_trials: int, model: Model, covariance: Covariance) -> None:
    rng = np.random.default_rng(20)
    results = [_simulate(rng, model, covariance) for _ in range(n_trials)]
    p_values = [result.p for result in results]
    assert stats.kstest(p_values, "uniform").pvalue > 0.001
    covered = sum(result.ci[0] <= 0 <= result.ci[1] for result in results)
    assert stats.binomtest(covered, n_trials, 0.95).pvalue > 0.001


@pytest.mark.parametrize(
    ("model", "covariance"),
    [
        (Model.GROUP_BY_TIME, Covariance.RANDOM_INTERCEPT),
        (Model.BASELINE_CONSTRAINED, Covariance.UNSTRUCTURED),
    ],
)
def test_nothing_is_found_as_often_as_it_should(model: Model, covariance: Covariance) -> None:
    _check(150, model, covariance)


@pytest.mark.nightly
@pytest.mark.parametrize("model", list(Model))
@pytest.mark.parametrize("covariance", list(Covariance))
def test_nothing_is_found_as_often_as_it_should_in_thousands(
    model: Model, covariance: Covariance
) -> None:
    _check(4000, model, covariance)
