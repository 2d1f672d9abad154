"""Power, n and the smallest effect, beside G*Power's figures and R's noncentral distributions.

Oracles, both with `options(digits=12)`:
* R 4.2.2: `p <- function(l, d2) pf(qf(.95, 1, d2), 1, d2, l, lower.tail = FALSE)`, and
  `power.t.test(..., strict = TRUE)`.
* Whole numbers are those of G*Power 3.1 as the audit of the study's paper has them.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.analysis.methods.power.correlations import (
    CorrelationExact,
    CorrelationFisher,
    compute_critical_r,
)
from server.analysis.methods.power.design import Design
from server.analysis.methods.power.effect import Convention
from server.analysis.methods.power.planning import find_minimum_detectable, find_n, find_power
from server.analysis.methods.power.two_arms import (
    ancova,
    between_factors,
    two_sample_t,
    within_between,
)
from server.errors import MethodError

AS_IN_SPSS = within_between(convention=Convention.F_AS_IN_SPSS)
ONE_WAY = two_sample_t(Convention.F)

# Design, effect, n for a power of .80, power at 30 participants.
STUDY = [
    (within_between(), 0.3, 24, 0.887196431178),  # p(.09*30*2/(1-.5), 28)
    (within_between(0.0), 0.3, 46, 0.611669807571),
    (within_between(0.3), 0.3, 34, 0.764599138105),
    (within_between(0.7), 0.3, 16, 0.983543521075),
    (within_between(0.8), 0.3, 12, 0.998860168133),
    (AS_IN_SPSS, 0.3, 92, 0.334985235151),  # p(.09*28, 28)
    (between_factors(), 0.3, 68, 0.449244671344),  # p(.09*30*2/1.5, 28)
    (ONE_WAY, 0.3, 90, 0.354743638355),  # p(.09*30, 28)
    (ancova(), 0.3, 90, 0.353972077073),  # p(.09*30, 27)
    (two_sample_t(), 0.3, 352, 0.124697843142),  # power.t.test(n = 15, delta = .3)
    # The same effects as d: 4 f of changes, 2 f of levels.
    (within_between(convention=Convention.D), 1.2, 24, 0.887196431178),
    (between_factors(convention=Convention.D), 0.6, 68, 0.449244671344),
    (ancova(convention=Convention.D), 0.6, 90, 0.353972077073),
]


@pytest.mark.parametrize(("design", "effect", "n", "power"), STUDY)
def test_the_designs_the_study_may_have_meant(
    design: Design, effect: float, n: int, power: float
) -> None:
    assert find_n(design, effect).n == n
    at_thirty = find_power(design, effect, 30)
    assert at_thirty.power == pytest.approx(power, abs=1e-8)
    assert (at_thirty.n, at_thirty.design, at_thirty.alpha) == (30, design.name, 0.05)


# power.t.test(n = 15, power = .8) for t; the others by
# uniroot(function(d) p(l(d), df) - .8, c(.1, 4), tol = 1e-12).
SMALLEST = [
    (two_sample_t(), 1.05979958),
    (within_between(0.5, Convention.D), 1.05979958),  # l = d^2*30*2/(.5*16), df 28
    (within_between(0.3, Convention.D), 1.25397178),
    (ancova(0.5, Convention.D), 0.91905319),  # l = d^2*30/(4*.75), df 27
    (ancova(0.7, Convention.D), 0.75787067),  # l = d^2*30/(4*.51), df 27
]


@pytest.mark.parametrize(("design", "smallest"), SMALLEST)
def test_what_fifteen_in_each_arm_can_show(design: Design, smallest: float) -> None:
    result = find_minimum_detectable(design, 30)
    assert result.minimum_detectable == pytest.approx(smallest, abs=1e-7)
    assert (result.n, result.wanted_power, result.power) == (30, 0.8, None)


def test_what_fifteen_pairs_can_show_of_a_correlation() -> None:
    """By hand: tanh((1.959964 + .841621) / sqrt(12)) = .6689 but for the other tail.

    The critical r is R's `qt(.975, 13) / sqrt(13 + qt(.975, 13)^2)`.
    """
    by_z = find_minimum_detectable(CorrelationFisher(), 15)
    assert by_z.minimum_detectable == pytest.approx(0.66890, abs=1e-5)
    assert compute_critical_r(15) == pytest.approx(0.513977484, abs=1e-9)


# R 4.2.2 by another route than ours: given x, t of r is noncentral with k * chi(n - 1),
# k <- rho / sqrt(1 - rho^2); tc <- qt(.975, n - 2); integrate(function(s) dchisq(s, n - 1) *
# (pt(tc, n - 2, k * sqrt(s), lower.tail = FALSE) + pt(-tc, n - 2, k * sqrt(s))), 0, Inf).
EXACT = [(0.669, 15, 0.828331237), (0.5, 15, 0.501157155), (0.3, 83, 0.795504881)]


@pytest.mark.parametrize(("r", "n", "power"), EXACT)
def test_the_exact_power_of_a_correlation(r: float, n: int, power: float) -> None:
    assert find_power(CorrelationExact(), r, n).power == pytest.approx(power, abs=1e-8)


def test_the_exact_n_of_a_correlation_is_that_of_g_power() -> None:
    """84 for r = .3; R as above has .800338953 at 84."""
    found = find_n(CorrelationExact(), 0.3)
    assert found.n == 84
    assert found.power == pytest.approx(0.800338953, abs=1e-8)
    smallest = find_minimum_detectable(CorrelationExact(), 15).minimum_detectable
    assert smallest == pytest.approx(0.652455333, abs=1e-7)  # uniroot of the same


def test_a_result_says_by_which_convention_its_effect_is_meant() -> None:
    told = find_power(within_between(), 0.3, 30).to_json()
    assert told["analysis"] == "power"
    assert told["effect_convention"] == (
        "f with the correlation of the measurements (G*Power's default)"
    )
    assert find_n(AS_IN_SPSS, 0.3).effect_convention != told["effect_convention"]


DESIGNS = st.sampled_from(
    [within_between(), AS_IN_SPSS, between_factors(), ancova(), two_sample_t(), CorrelationExact()]
)


@given(DESIGNS, st.floats(0.15, 0.9), st.floats(0.3, 0.95), st.sampled_from([0.01, 0.05, 0.1]))
def test_n_is_the_smallest_that_reaches_the_power(
    design: Design, effect: float, power: float, alpha: float
) -> None:
    found = find_n(design, effect, power, alpha)
    assert found.power is not None
    assert found.power >= power
    if found.n > design.smallest_n:
        fewer = find_power(design, effect, found.n - design.step, alpha).power
        assert fewer is not None
        assert fewer < power
        shown = find_minimum_detectable(design, found.n, power, alpha).minimum_detectable
        assert shown is not None
        assert shown <= effect * (1 + 1e-6)


def test_no_effect_is_found_as_often_as_alpha_says() -> None:
    for design in (within_between(), ancova(), two_sample_t(), CorrelationExact()):
        assert find_power(design, 1e-7, 30, 0.05).power == pytest.approx(0.05, abs=1e-6)


@pytest.mark.parametrize(
    ("design", "effect", "n", "said"),
    [
        (within_between(), 0.0, 30, "an effect of 0.0"),
        (within_between(), -0.3, 30, "sign makes no difference"),
        (CorrelationExact(), 1.0, 30, "between 0 and 1"),
        (two_sample_t(), float("nan"), 30, "an effect of nan"),
        (two_sample_t(), 0.3, 31, "2 arms of equal size"),
        (ancova(), 0.3, 2, "takes 4 or more"),
        (ancova(n_covariates=3), 0.3, 4, "takes 6 or more"),
        (CorrelationFisher(), 0.3, 3, "takes 4 or more"),
    ],
)
def test_what_a_design_does_not_have_is_refused(
    design: Design, effect: float, n: int, said: str
) -> None:
    with pytest.raises(MethodError, match=said):
        find_power(design, effect, n)


def test_a_power_or_alpha_that_cannot_be_is_refused() -> None:
    with pytest.raises(MethodError, match="alpha is 0"):
        find_power(two_sample_t(), 0.3, 30, 0.0)
    with pytest.raises(MethodError, match=r"a power of 1\.0"):
        find_n(two_sample_t(), 0.3, 1.0)
    with pytest.raises(MethodError, match=r"a power of 0\.05"):
        find_minimum_detectable(two_sample_t(), 30, 0.05)
    with pytest.raises(MethodError, match="needs more than"):
        find_n(two_sample_t(), 1e-5)


def test_a_design_that_cannot_be_is_refused() -> None:
    with pytest.raises(MethodError, match=r"correlation is 1\.0"):
        within_between(1.0)
    with pytest.raises(MethodError, match="takes no effect as Pearson's r"):
        ancova(convention=Convention.R)
    with pytest.raises(MethodError, match="-1 covariates"):
        ancova(n_covariates=-1)
