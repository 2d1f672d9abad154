"""Correlations of dose and outcome beside R 4.2.2 (stats, boot 1.3-28.1).

Pearson is `cor.test(dose, post)`, Spearman `cor.test(dose, post, method = "spearman", exact =
FALSE)` with its interval `z(r, 0, 1 + r^2 / 2)`. Partial Pearson is `pp(dose, post, pre)` with p of
dose in `lm(post ~ dose + pre)` and `z(r, 1, 1)`; partial Spearman the same of ranks, with
`z(r, 1, 1 + r^2 / 2)`. There `z <- function(r, k, f)
tanh(atanh(r) + c(-1, 1) * qnorm(.975) * sqrt(f / (12 - k)))` and
`pp <- function(a, b, c) cor(resid(lm(a ~ c)), resid(lm(b ~ c)))`.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from server.analysis.methods.dose_response.correlation import compute_interval, correlate_dose
from server.analysis.methods.dose_response.linear import fit_dose_slope
from server.analysis.methods.dose_response.result import Measure, Method
from server.analysis.methods.dose_response.shown import find_smallest_correlation
from server.analysis.methods.dose_response.trained import Trained
from server.errors import MethodError
from tests.unit.server.analysis.methods.dose_response.trained_arms import (
    AGE_Y,
    DOSE,
    SRPE_AU,
    WITH_TIES_AU,
    trained,
    training_arm,
)

SEED = 5
# Method, r, p, interval, degrees of freedom.
ORACLE = [
    (Method.PEARSON, 0.32274713966, 0.240681740919, (-0.227055021505, 0.716542956608), 13),
    (Method.SPEARMAN, 0.425, 0.114295475481, (-0.13616030033, 0.779685639678), 13),
    (Method.PARTIAL_PEARSON, 0.199692841631, 0.493681923933, (-0.370099820754, 0.660310511669), 12),
    (
        Method.PARTIAL_SPEARMAN,
        0.369691427749,
        0.193267750299,
        (-0.219131566854, 0.761121258978),
        12,
    ),
]


@pytest.mark.parametrize(("method", "r", "p", "ci", "df"), ORACLE)
def test_a_correlation_is_that_of_r(
    method: Method, r: float, p: float, ci: tuple[float, float], df: int
) -> None:
    result = correlate_dose(trained(), method, SEED, replicates=1000)
    assert result.estimate == pytest.approx(r, rel=1e-9)
    assert result.p == pytest.approx(p, rel=1e-9)
    assert result.ci == pytest.approx(ci, rel=1e-8)
    assert (result.df, result.n, result.dose) == (df, 15, DOSE)


def test_ties_share_their_mean_rank() -> None:
    """R as above with the second dose equal to the first."""
    tied = trained(WITH_TIES_AU)
    plain = correlate_dose(tied, Method.SPEARMAN, SEED, replicates=1000)
    assert plain.estimate == pytest.approx(0.470062743554, rel=1e-9)
    assert plain.p == pytest.approx(0.0770422267977, rel=1e-9)
    partial = correlate_dose(tied, Method.PARTIAL_SPEARMAN, SEED, replicates=1000)
    assert partial.estimate == pytest.approx(0.431610536147, rel=1e-9)
    assert any("share their mean rank" in note for note in partial.notes)


# set.seed(1); boot.ci(boot(d, statistic, 8000), type = "bca"): chance of its own, so to .03.
BOOTSTRAPPED = [
    (Method.PEARSON, (-0.1553, 0.6781)),
    (Method.SPEARMAN, (-0.1408, 0.7615)),
    (Method.PARTIAL_PEARSON, (-0.5055, 0.6876)),
    (Method.PARTIAL_SPEARMAN, (-0.2699, 0.8213)),
]


@pytest.mark.parametrize(("method", "ci"), BOOTSTRAPPED)
def test_below_25_a_bootstrap_interval_stands_beside(
    method: Method, ci: tuple[float, float]
) -> None:
    result = correlate_dose(trained(), method, SEED)
    assert result.ci_bootstrap == pytest.approx(ci, abs=0.03)
    assert (result.seed, result.replicates) == (SEED, 5000)
    assert any("bootstrap interval stands beside" in note for note in result.notes)
    assert correlate_dose(trained(), method, SEED) == result
    assert correlate_dose(trained(), method, SEED + 1).ci_bootstrap != result.ci_bootstrap


def test_intervals_that_a_paper_and_the_design_have() -> None:
    """n = 15. r = .5: -.02 to .81; Spearman .25: -.309 to .680, not the plain -.301 to .676."""
    assert compute_interval(0.5, 15, 0, by_rank=False) == pytest.approx((-0.02, 0.81), abs=0.01)
    assert compute_interval(0.25, 15, 0, by_rank=True) == pytest.approx((-0.309, 0.680), abs=1e-3)
    assert compute_interval(0.25, 15, 0, by_rank=False) == pytest.approx((-0.301, 0.676), abs=1e-3)


def test_what_n_can_show_is_told_first() -> None:
    """|r| = .65246 at 15: 400,000 simulated pairs of normal variables at it, numpy 2, seed 1, had
    p < .05 in .7997 of all; at Fisher's .6689 in .829. With one column out it is that of 14.
    """
    plain = correlate_dose(trained(), Method.PEARSON, SEED, replicates=1000)
    assert plain.smallest_shown == pytest.approx(0.65246, abs=1e-4)
    assert "correlations from 0.6525 on" in plain.notes[0]
    partial = correlate_dose(trained(), Method.PARTIAL_PEARSON, SEED, replicates=1000)
    assert partial.smallest_shown == find_smallest_correlation(14, 0)
    assert plain.notes[0].startswith("bdnf, pearson on srpe_load_au: With n = 15")
    assert partial.notes[0].startswith("bdnf, partial pearson on srpe_load_au: ")


def test_change_is_held_against_dose_with_a_warning_only() -> None:
    """R: cor(dose, post - pre) is -.019413156594, cor(post - pre, pre) -.555086861035."""
    coupled = correlate_dose(
        trained(), Method.PEARSON, SEED, measure=Measure.CHANGE, replicates=1000
    )
    assert coupled.estimate == pytest.approx(-0.019413156594, rel=1e-8)
    assert coupled.measure == "change"
    assert any("correlates -0.555 by construction" in note for note in coupled.notes)
    post = correlate_dose(trained(), Method.PEARSON, SEED, replicates=1000)
    partial = correlate_dose(
        trained(), Method.PARTIAL_PEARSON, SEED, measure=Measure.CHANGE, replicates=1000
    )
    assert not any("by construction" in note for note in (*post.notes, *partial.notes))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-3, 3).map(lambda x: round(x, 2)), min_size=15, max_size=15))
def test_a_partial_correlation_tests_the_same_as_the_slope(noise: list[float]) -> None:
    dose = [value + 100 * extra for value, extra in zip(SRPE_AU, noise, strict=True)]
    beside = Trained.from_design(training_arm(), DOSE, dose, {"age": AGE_Y})
    partial = correlate_dose(beside, Method.PARTIAL_PEARSON, SEED, replicates=1000)
    slope = fit_dose_slope(beside)
    assert partial.p == pytest.approx(slope.p, rel=1e-6)
    assert partial.df == slope.df
    assert np.sign(partial.estimate) == np.sign(slope.estimate)


def test_spearman_is_that_of_scipy() -> None:
    ours = correlate_dose(trained(WITH_TIES_AU), Method.SPEARMAN, SEED, replicates=1000)
    theirs = stats.spearmanr(WITH_TIES_AU, training_arm().post)
    assert (ours.estimate, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-9)


def test_what_has_no_interval_is_refused() -> None:
    arm = training_arm()
    by_post = Trained.from_design(arm, DOSE, list(arm.post))
    with pytest.raises(MethodError, match="there is no interval"):
        correlate_dose(by_post, Method.PEARSON, SEED)
    with pytest.raises(MethodError, match="fitted by itself"):
        correlate_dose(by_post, Method.LINEAR, SEED)
    with pytest.raises(MethodError, match="at least 1000 replicates"):
        correlate_dose(trained(), Method.PEARSON, SEED, replicates=999)


def test_many_equal_doses_leave_no_bootstrap_interval() -> None:
    one_differs = (5000.0,) * 14 + (4000.0,)
    result = correlate_dose(trained(one_differs), Method.PEARSON, SEED, replicates=1000)
    assert result.ci_bootstrap is None
    assert result.seed is None
    assert any("can't be had" in note for note in result.notes)
