"""Mixed models beside R, on balanced, unbalanced and incomplete data.

R 4.2.2, lme4 1.1-31, lmerTest 3.1-3, pbkrtest 0.5.2, nlme 3.1-162; `l` is long, with `t` 0 or 1
and `gt = g * t`:
* random intercept: `summary(lmer(y ~ g + t + gt + (1 | id), l, control = lmerControl("bobyqa",
  optCtrl = list(rhoend = 1e-12))), ddf = "Kenward-Roger")$coefficients["gt", ]`, baseline
  constrained without `g`;
* unstructured: estimate by `gls(y ~ g + t + gt, l, corSymm(form = ~ 1 | id), varIdent(form =
  ~ 1 | t), control = glsControl(tolerance = 1e-12, msTol = 1e-14))`, standard error and degrees of
  freedom by the formulas of Kenward and Roger 1997 written out in R with whole matrices, their
  lambda and general A1, A2, B included, at a restricted likelihood maximised by `optim`.
"""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.mixed.covariance import Covariance
from server.analysis.methods.mixed.model import MixedModel, compute_mixed_model
from server.analysis.methods.mixed.moments import Model
from server.errors import MethodError
from tests.unit.server.analysis.methods.mixed.trials import (
    BALANCED,
    BOTH_MISSING,
    POSTS_MISSING,
    SINGULAR,
    UNBALANCED,
)

CONSTRAINED = Model.BASELINE_CONSTRAINED


class Oracle(NamedTuple):
    estimate: float
    se: float
    df: float
    p: float | None = None


RANDOM_INTERCEPT = [
    (BALANCED, Model.GROUP_BY_TIME, Oracle(29.6375, 9.63412252806, 14, 0.00820975110654)),
    (BALANCED, CONSTRAINED, Oracle(27.3809004447, 8.7513729416, 22.4635695664, 0.00480382478816)),
    (UNBALANCED, Model.GROUP_BY_TIME, Oracle(34.8366666667, 10.0642169859, 14, 0.00381684384641)),
    (UNBALANCED, CONSTRAINED, Oracle(34.964935563, 9.3501232216, 20.6596503411, 0.00123620287414)),
    (
        POSTS_MISSING,
        Model.GROUP_BY_TIME,
        Oracle(6.595083819163, 11.059306887, 11.7128419814, 0.562297712778),
    ),
    (
        POSTS_MISSING,
        CONSTRAINED,
        Oracle(10.17536385029, 10.3527540810, 18.3235660968, 0.338474291725),
    ),
    (SINGULAR, Model.GROUP_BY_TIME, Oracle(33.425, 13.371094222773, 14, 0.025476732192)),
    (SINGULAR, CONSTRAINED, Oracle(28.775, 9.97460568748, 29, 0.00731434584523)),
    (
        BOTH_MISSING,
        Model.GROUP_BY_TIME,
        Oracle(16.583492063492, 15.004886719697, 12.870427961611, 0.289302964238),
    ),
    (BOTH_MISSING, CONSTRAINED, Oracle(15.605714285714, 11.69856498474, 24, 0.194730023576)),
]
UNSTRUCTURED = [
    (BALANCED, Model.GROUP_BY_TIME, Oracle(29.6375, 9.6341226, 14)),
    (BALANCED, CONSTRAINED, Oracle(27.7902228, 9.5257804, 14)),
    (UNBALANCED, Model.GROUP_BY_TIME, Oracle(34.8366667, 10.0642171, 14)),
    (UNBALANCED, CONSTRAINED, Oracle(34.9838384, 8.9898859, 14)),
    (POSTS_MISSING, Model.GROUP_BY_TIME, Oracle(6.7848466, 11.3144385, 10.8292843)),
    (POSTS_MISSING, CONSTRAINED, Oracle(9.9256543, 11.2184299, 10)),
    (SINGULAR, Model.GROUP_BY_TIME, Oracle(33.425, 18.7191054, 14)),
    (SINGULAR, CONSTRAINED, Oracle(24.0820534, 2.8606010, 14)),
    (BOTH_MISSING, Model.GROUP_BY_TIME, Oracle(15.9086698, 15.4106219, 12.7944631)),
    (BOTH_MISSING, CONSTRAINED, Oracle(14.9191314, 11.5289898, 10.0065928)),
]


def _compare(result: MixedModel, oracle: Oracle, rel: float) -> None:
    assert result.estimate == pytest.approx(oracle.estimate, rel=rel)
    assert result.se == pytest.approx(oracle.se, rel=rel)
    assert result.df == pytest.approx(oracle.df, rel=rel)
    if oracle.p is not None:
        assert result.p == pytest.approx(oracle.p, rel=10 * rel)


@pytest.mark.parametrize(("design", "model", "oracle"), RANDOM_INTERCEPT)
def test_a_random_intercept_is_that_of_lme4_and_pbkrtest(
    design: TwoByTwo, model: Model, oracle: Oracle
) -> None:
    _compare(compute_mixed_model(design, model), oracle, 2e-8)


@pytest.mark.parametrize(("design", "model", "oracle"), UNSTRUCTURED)
def test_an_unstructured_covariance_is_that_of_nlme(
    design: TwoByTwo, model: Model, oracle: Oracle
) -> None:
    _compare(compute_mixed_model(design, model, Covariance.UNSTRUCTURED), oracle, 2e-7)


def test_the_covariance_itself_is_that_of_r() -> None:
    """gls: sigma 18.4649880011, ratio 1.10208633642, correlation .490145475234; VarCorr of lmer."""
    free = compute_mixed_model(POSTS_MISSING, covariance=Covariance.UNSTRUCTURED)
    assert free.sd_pre == pytest.approx(18.4649880, rel=1e-6)
    assert free.sd_post == pytest.approx(18.4649880 * 1.102086336, rel=1e-6)
    assert free.correlation == pytest.approx(0.490145475, rel=1e-6)
    held = compute_mixed_model(POSTS_MISSING)
    total = 176.638065737 + 191.940024145
    assert held.sd_pre == held.sd_post == pytest.approx(total**0.5)
    assert held.correlation == pytest.approx(176.638065737 / total)


def test_a_result_has_the_promised_fields() -> None:
    """By hand: 6.595083819 -+ qt(.975, 11.71284198), which is 2.18475203, times 11.059306887."""
    told = compute_mixed_model(POSTS_MISSING).to_json()
    assert told["analysis"] == "mixed_model"
    assert told["ci95"] == pytest.approx([-17.5667593, 30.7569270], abs=1e-6)
    assert (told["n"], told["n_observations"], told["n_complete"]) == (17, 29, 12)
    assert (told["df_method"], told["model"]) == ("Kenward-Roger", "group_by_time")
    assert told["covariance"] == "random_intercept"


def test_notes_say_what_the_numbers_rest_on() -> None:
    assert compute_mixed_model(BALANCED).notes == ()
    (missing,) = compute_mixed_model(POSTS_MISSING).notes
    assert missing.startswith("5 participants with only one measurement of bdnf count too")
    (one_mean,) = compute_mixed_model(BALANCED, CONSTRAINED).notes
    assert "one mean at baseline" in one_mean
    singular = compute_mixed_model(SINGULAR)
    assert singular.is_singular
    assert singular.notes[0].startswith("The fit is singular")
    assert not compute_mixed_model(SINGULAR, covariance=Covariance.UNSTRUCTURED).is_singular


def test_pre_and_post_that_mirror_each_other_are_a_singular_fit_or_none() -> None:
    """In lme4 too: `isSingular(lmer(y ~ g + t + gt + (1 | id), l))` is TRUE."""
    mirrored = _arrange([1, 2, 4, 1, 2, 4], [9, 8, 6, 7, 6, 4])
    assert compute_mixed_model(mirrored).is_singular
    with pytest.raises(MethodError, match="cannot be estimated"):
        compute_mixed_model(mirrored, covariance=Covariance.UNSTRUCTURED)


numbers = st.floats(-50, 50).map(lambda value: round(value, 3))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(numbers, numbers), min_size=8, max_size=16, unique=True), st.data())
def test_without_missing_values_it_is_a_t_test_of_changes(
    pairs: list[tuple[float, float]], data: st.DataObject
) -> None:
    """Whatever the numbers: F of group by time in the mixed ANOVA is t squared, on n - 2."""
    n_control = data.draw(st.integers(3, len(pairs) - 3))
    pre, post = np.array(pairs).T
    pre, post = pre + np.arange(len(pre)) ** 2, post + np.arange(len(pre)) % 3
    group = ["control"] * n_control + ["training"] * (len(pairs) - n_control)
    codes = [str(place) for place in range(len(pairs))]
    design = TwoByTwo.from_arrays("bdnf", codes, group, pre, post)
    result = compute_mixed_model(design, covariance=Covariance.UNSTRUCTURED)
    control, training = np.split(post - pre, [n_control])
    spread = (control.var() * len(control) + training.var() * len(training)) / (len(pairs) - 2)
    se = (spread * (1 / len(control) + 1 / len(training))) ** 0.5
    assert result.estimate == pytest.approx(training.mean() - control.mean(), abs=1e-6)
    assert result.se == pytest.approx(se, rel=1e-6)
    assert result.df == pytest.approx(len(pairs) - 2, rel=1e-6)


def test_with_every_baseline_the_constrained_estimate_is_that_of_ancova() -> None:
    """R: `coef(lm(post ~ g + pre))["g"]` is 27.790222836 of the balanced trial."""
    free = compute_mixed_model(BALANCED, CONSTRAINED, Covariance.UNSTRUCTURED)
    assert free.estimate == pytest.approx(27.790222836, rel=1e-8)


def test_the_unit_makes_no_difference() -> None:
    in_ng = TwoByTwo.from_arrays(
        "bdnf",
        POSTS_MISSING.codes,
        ["training" if one else "control" for one in POSTS_MISSING.is_training],
        POSTS_MISSING.pre / 1e6,
        POSTS_MISSING.post / 1e6,
    )
    for covariance in Covariance:
        small = compute_mixed_model(in_ng, covariance=covariance)
        large = compute_mixed_model(POSTS_MISSING, covariance=covariance)
        assert small.estimate * 1e6 == pytest.approx(large.estimate, rel=1e-8)
        assert (small.p, small.df) == pytest.approx((large.p, large.df), rel=1e-8)


def _arrange(pre: list[float | None], post: list[float | None]) -> TwoByTwo:
    half = len(pre) // 2
    group = ["control"] * half + ["training"] * (len(pre) - half)
    codes = [str(place) for place in range(len(pre))]
    return TwoByTwo.from_arrays(
        "gdnf", codes, group, np.array(pre, dtype=np.float64), np.array(post, dtype=np.float64)
    )


def test_a_time_without_spread_has_no_variance_of_its_own() -> None:
    design = _arrange([1, 2, 4, 3, 5, 6], [5] * 6)
    with pytest.raises(MethodError, match="cannot be estimated"):
        compute_mixed_model(design, covariance=Covariance.UNSTRUCTURED)


@pytest.mark.parametrize(
    ("pre", "post", "said"),
    [
        ([1, 2, 3, 4, 5, 6], [1, 2, 3, None, None, 6], "training has 1"),
        ([1, 2, 3, 4, 5, 6], [None] * 6, "control has 0"),
        ([5] * 6, [5] * 6, "doesn't vary"),
        ([1, 2, 4, 1, 2, 4], [2, 3, 5, 3, 4, 6], "cannot be estimated"),
    ],
)
@pytest.mark.parametrize("covariance", list(Covariance))
def test_what_says_nothing_is_refused(
    pre: list[float | None], post: list[float | None], said: str, covariance: Covariance
) -> None:
    with pytest.raises(MethodError, match=said):
        compute_mixed_model(_arrange(pre, post), covariance=covariance)
