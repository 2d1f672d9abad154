"""Simulated trials whose truth is known: p is uniform without an effect, intervals hold the truth.

120 trials each time, 2,000 of each shape by night. An interval of 95 % may miss by 3.5 standard
errors of so many trials. Scores are normal with a correlation of 0.5 between pre and post.
"""

from dataclasses import dataclass, field

import numpy as np
import pytest
from scipy import stats

from server.analysis.methods.ancova import fit_ancova
from server.analysis.methods.arms import Measure
from server.analysis.methods.bootstrap import bootstrap_estimand
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.hedges_g import estimate_hedges_g
from server.analysis.methods.mann_whitney import compare_by_mann_whitney
from server.analysis.methods.mixed_anova import fit_mixed_anova
from server.analysis.methods.permutation import permute_ancova, permute_labels
from server.analysis.methods.resampled import Estimand
from server.analysis.methods.result import Interval
from server.analysis.methods.welch_t import compare_by_welch

SEED = 20260301
SD = 35.0
CORRELATION = 0.5
N_TRIALS = pytest.mark.parametrize(
    ("n_control", "n_training", "n_trials"),
    [
        (15, 15, 120),
        pytest.param(15, 15, 2000, marks=pytest.mark.nightly),
        pytest.param(9, 20, 2000, marks=pytest.mark.nightly),
    ],
)


@dataclass
class Collected:
    """p of each trial by name; whether each interval held what it was of."""

    ps: dict[str, list[float]] = field(default_factory=dict)
    held: dict[str, list[bool]] = field(default_factory=dict)

    def add_p(self, name: str, p: float) -> None:
        self.ps.setdefault(name, []).append(p)

    def add_interval(self, name: str, interval: Interval | None, truth: float) -> None:
        assert interval is not None
        self.held.setdefault(name, []).append(interval[0] <= truth <= interval[1])


def _simulate(
    generator: np.random.Generator, n_control: int, n_training: int, effect: float
) -> TwoByTwo:
    n = n_control + n_training
    pre = generator.normal(size=n)
    post = CORRELATION * pre + (1 - CORRELATION**2) ** 0.5 * generator.normal(size=n)
    is_training = np.arange(n) >= n_control
    return TwoByTwo.from_arrays(
        "bdnf",
        [f"P{at:02d}" for at in range(n)],
        ["training" if flag else "control" for flag in is_training],
        230 + SD * pre,
        230 + SD * post + effect * is_training,
    )


@N_TRIALS
@pytest.mark.timeout(1200)
def test_without_an_effect_p_is_uniform(n_control: int, n_training: int, n_trials: int) -> None:
    generator, collected = np.random.default_rng(SEED), Collected()
    for trial in range(n_trials):
        design = _simulate(generator, n_control, n_training, 0.0)
        ancova = fit_ancova(design)
        collected.add_p("ancova", ancova.p)
        assert ancova.slope_homogeneity is not None
        collected.add_p("slope homogeneity", ancova.slope_homogeneity.p)
        for term in fit_mixed_anova(design):
            collected.add_p(f"mixed anova, {term.term}", term.p)
        collected.add_p("welch", compare_by_welch(design, Measure.CHANGE).p)
        collected.add_p("permuted residuals", permute_ancova(design, trial, 499).p)
        for permuted in permute_labels(design, trial, 499):
            collected.add_p(f"permuted labels, {permuted.measure}", permuted.p)
        # It takes few values only, so that its p is no more than uniform.
        mann_whitney = compare_by_mann_whitney(design, Measure.CHANGE)
        collected.add_interval("mann-whitney", (0.05, 1.0), mann_whitney.p)
    for name, ps in collected.ps.items():
        assert stats.kstest(ps, "uniform").pvalue > 0.001, name
    _check_coverage(collected, 0.95, 0.96)


@N_TRIALS
@pytest.mark.timeout(1200)
def test_intervals_hold_the_truth(n_control: int, n_training: int, n_trials: int) -> None:
    effect = 0.8 * SD
    # A change has an SD of sqrt(2 - 2 r) times that of a score.
    of_change = 0.8 / (2 - 2 * CORRELATION) ** 0.5
    generator, exact, near = np.random.default_rng(SEED), Collected(), Collected()
    for trial in range(n_trials):
        design = _simulate(generator, n_control, n_training, effect)
        ancova = fit_ancova(design)
        exact.add_interval("ancova", ancova.ci, effect)
        welch = compare_by_welch(design, Measure.CHANGE)
        exact.add_interval("welch", welch.ci, effect)
        exact.add_interval("g of post", estimate_hedges_g(design, Measure.POST).ci, 0.8)
        of_changes = estimate_hedges_g(design, Measure.CHANGE).ci
        exact.add_interval("g of change", of_changes, of_change)
        shift = compare_by_mann_whitney(design, Measure.POST).ci
        exact.add_interval("mann-whitney", shift, effect)
        near.add_interval("hc3", ancova.ci_hc3, effect)
        drawn = bootstrap_estimand(design, Estimand.ADJUSTED_POST, trial, 1000)
        near.add_interval("bootstrap", drawn.ci, effect)
    _check_coverage(exact, 0.95, 0.955)
    # HC3 and BCa are right for many participants; of so few they hold it a little less often.
    _check_coverage(near, 0.92, 0.96)


def _check_coverage(collected: Collected, low: float, high: float) -> None:
    for name, held in collected.held.items():
        reach = 3.5 * (0.95 * 0.05 / len(held)) ** 0.5
        assert low - reach <= float(np.mean(held)) <= high + reach, (name, float(np.mean(held)))
