"""Intervals of another level than 95 %, against R 4.2.2 at conf.level = .99, of the balanced shape.

confint(lm(post ~ group + pre), level = .99), sandwich 3.0-2's HC3 with qt(.995, 27),
t.test(conf.level = .99), wilcox.test(conf.int = TRUE, conf.level = .99), lmerTest 3.1-3 with
qt(.995, 28); effectsize 0.8.3's hedges_g(ci = .99), which prints two decimals.
"""

import numpy as np
import pytest

from server.analysis.methods.adherence.attendance import read_attendance
from server.analysis.methods.adherence.compliers import estimate_complier_effect
from server.analysis.methods.adherence.per_protocol import analyse_per_protocol
from server.analysis.methods.ancova import fit_ancova
from server.analysis.methods.arms import Measure
from server.analysis.methods.dose_response.correlation import compute_interval
from server.analysis.methods.dose_response.shown import find_smallest_correlation
from server.analysis.methods.hedges_g import estimate_hedges_g
from server.analysis.methods.independent_t import compare_baseline
from server.analysis.methods.mann_whitney import compare_by_mann_whitney
from server.analysis.methods.missing.tipping import find_tipping_point
from server.analysis.methods.mixed.model import compute_mixed_model
from server.analysis.methods.power.correlations import CorrelationExact
from server.analysis.methods.welch_t import compare_by_welch
from tests.two_arm_outcomes import (
    CODES,
    CONTROL_POST,
    CONTROL_PRE,
    GROUP,
    TRAINING_POST,
    TRAINING_PRE,
    balanced,
    incomplete,
)

LEVEL = 0.99


def test_ancova_as_r_has_it() -> None:
    told = fit_ancova(balanced(), level=LEVEL)
    assert told.level == LEVEL
    assert told.ci == pytest.approx((13.34576211726, 70.78157221514), rel=1e-9)
    assert told.ci_hc3 == pytest.approx((11.8020901530, 72.3252441794), rel=1e-9)
    assert told.log_scale is not None
    assert told.log_scale.ci == pytest.approx((1.056460723447, 1.356757987952), rel=1e-9)
    # alpha is no part of these
    assert told.p == fit_ancova(balanced()).p
    assert told.partial_eta_squared_ci90 == fit_ancova(balanced()).partial_eta_squared_ci90


def test_two_means_as_r_has_them() -> None:
    welch = compare_by_welch(balanced(), Measure.POST, level=LEVEL)
    assert welch.ci == pytest.approx((7.745157789755, 76.614842210245), rel=1e-9)
    student = compare_baseline("pre", CODES, GROUP, CONTROL_PRE + TRAINING_PRE, level=LEVEL)
    assert student.ci == pytest.approx((-33.20590446201, 33.60590446201), rel=1e-9)


def test_ranks_as_r_has_them() -> None:
    told = compare_by_mann_whitney(balanced(), Measure.POST, level=LEVEL)
    assert told.ci == pytest.approx((4.6, 78.8), rel=1e-9)


def test_hedges_g_as_effectsize_has_it() -> None:
    told = estimate_hedges_g(balanced(), Measure.POST, level=LEVEL)
    assert told.ci == pytest.approx((0.20, 2.21), abs=5e-3)


def test_the_mixed_model_as_lmer_has_it() -> None:
    told = compute_mixed_model(balanced(), level=LEVEL)
    assert told.ci == pytest.approx((10.5745945088, 73.3854054912), rel=1e-6)


def test_a_correlation_as_r_has_it() -> None:
    """cor.test(training post, training pre, conf.level = .99)."""
    r = float(np.corrcoef(TRAINING_POST, TRAINING_PRE)[0, 1])
    told = compute_interval(r, 15, 0, by_rank=False, level=LEVEL)
    assert told == pytest.approx((-0.1948404578402, 0.8590720507223), rel=1e-9)


def test_what_n_shows_is_at_the_alpha_of_the_level() -> None:
    """The |r| whose power at 15 is .80 when it is asked for by the exact distribution."""
    smallest = find_smallest_correlation(15, 0, level=LEVEL)
    assert CorrelationExact().compute_power(smallest, 15, 0.01) == pytest.approx(0.8, abs=1e-9)


def test_secondary_analyses_follow() -> None:
    """Where all came, the complier effect is the ANCOVA, and per protocol as well."""
    design = balanced()
    came = read_attendance(design, [24.0 * (one == "training") for one in GROUP], 24)
    primary = fit_ancova(design, level=LEVEL)
    assert analyse_per_protocol(design, came, level=LEVEL).ci == pytest.approx(primary.ci)
    assert estimate_complier_effect(design, came, level=LEVEL).ci == pytest.approx(primary.ci)


def test_the_tipping_point_is_that_of_the_alpha() -> None:
    """p at random is about .004: .05 and .01 turn at different shifts, .001 the other way."""
    usual = find_tipping_point(incomplete(), 7)
    strict = find_tipping_point(incomplete(), 7, level=LEVEL)
    assert usual.tipping_delta is not None
    assert strict.tipping_delta is not None
    assert abs(strict.tipping_delta) < abs(usual.tipping_delta)
    assert "The verdict at 0.01 turns" in str(strict.notes)
    width = strict.ci[1] - strict.ci[0]
    assert width > usual.ci[1] - usual.ci[0]


def test_spreads_of_posts_differ_so_that_these_numbers_can_tell_levels_apart() -> None:
    assert len({*CONTROL_POST, *TRAINING_POST}) == 30
