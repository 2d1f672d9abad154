"""Against R 4.2.2: lm(post ~ pre + group) with confint, car 3.1-1's Anova, sandwich 3.0-2's vcovHC
(type HC3), emmeans 1.8.4-1; p.adjust of method holm; pingouin 0.7.0's ancova has the same F.

The interval of partial eta squared: effectsize 0.8.3's is by the other convention, so its test is
in test_eta_squared.py.
"""

import dataclasses
import math
from collections.abc import Callable

import numpy as np
import pytest

from server.analysis.methods.ancova import Ancova, adjust_co_primary, fit_ancova
from server.analysis.methods.design import TwoByTwo
from server.errors import MethodError
from tests.published_table import bdnf_of_the_table, gdnf_of_the_table
from tests.two_arm_outcomes import balanced, incomplete, unbalanced

SHAPES = pytest.mark.parametrize(
    ("make", "expected"),
    [
        (balanced, {
            "n": 30, "estimate": 42.063667166200, "se": 10.364919225103,
            "ci": (20.796609599280, 63.330724733121),
            "ci_hc3": (19.65344262828, 64.473891704119),
            "F": 16.469576083816, "df2": 27, "p": 0.000379278783314,
            "partial_eta_squared": 0.378875930422,
            "slope": 0.581664168999, "means": (222.944833084, 265.008500250),
            "slopes": (0.374858637898, 26, 0.545685541484),
            "at_mean": (16.090918392618, 4.53869853509e-4),
            "log": (1.19723077370, 1.09130922597, 1.31343297700, 0.000457731465502)}),
        (unbalanced, {
            "n": 25, "estimate": 40.472584447057, "se": 12.548984050775,
            "ci": (14.4475843945978, 66.497584499517),
            "ci_hc3": (9.4680742650971, 71.477094629018),
            "F": 10.401709992407, "df2": 22, "p": 0.00389398444061,
            "partial_eta_squared": 0.321023489033,
            "slope": 0.460361743727, "means": (227.640449332, 268.113033779),
            "slopes": (1.55343795358e-04, 21, 0.990173315466),
            "at_mean": (9.68907084053, 5.26624659831e-3),
            "log": (1.18785353095, 1.06211709802, 1.32847499924, 0.00422131542048)}),
        (incomplete, {
            "n": 25, "estimate": 39.950433562990, "se": 12.295668058956,
            "ci": (14.450778723633, 65.450088402346),
            "ci_hc3": (12.8351656533400, 67.06570147264),
            "F": 10.556956532152, "df2": 22, "p": 0.00367955324822,
            "partial_eta_squared": 0.324261161258,
            "slope": 0.542492976622, "means": (227.475791890, 267.426225453),
            "slopes": (0.0180396125882, 21, 0.894435089148),
            "at_mean": (10.0764710123, 4.56722558464e-3),
            "log": (1.18536603005, 1.06099518297, 1.32431574409, 0.00431471201336)}),
    ],
    ids=["balanced", "unbalanced", "incomplete"],
)  # fmt: skip


@SHAPES
def test_as_r_has_it(make: Callable[[], TwoByTwo], expected: dict[str, object]) -> None:
    told = fit_ancova(make())
    shown = {
        "n": told.n,
        "means": (told.adjusted_means.control, told.adjusted_means.training),
        **{
            name: getattr(told, name)
            for name in ("estimate", "se", "ci", "ci_hc3", "F", "df2", "p", "slope")
        },
        "partial_eta_squared": told.partial_eta_squared,
    }
    for name, value in shown.items():
        assert value == pytest.approx(expected[name], rel=1e-9), name
    assert told.df1 == 1


@SHAPES
def test_its_checks_as_r_has_them(
    make: Callable[[], TwoByTwo], expected: dict[str, object]
) -> None:
    """car::Anova(lm(post ~ prec * group, contrasts = list(group = "contr.sum")), type = 3) with
    `prec` centred; exp(confint(lm(log(post) ~ log(pre) + group)))."""
    told = fit_ancova(make())
    slopes, scale = told.slope_homogeneity, told.log_scale
    assert slopes is not None
    assert (slopes.F, slopes.df2, slopes.p) == pytest.approx(expected["slopes"], rel=1e-7)
    at_mean = slopes.group_at_mean_pre
    assert (at_mean.F, at_mean.p) == pytest.approx(expected["at_mean"], rel=1e-9)
    assert scale is not None
    assert (scale.ratio, *scale.ci, scale.p) == pytest.approx(expected["log"], rel=1e-9)


@pytest.mark.parametrize(
    ("make", "slope", "difference", "f"),
    [
        (bdnf_of_the_table, -0.1713, (227.5, 214.5, 240.5), 1288),
        (gdnf_of_the_table, 0.1973, (93.79, 86.27, 101.3), 655.3),
    ],
)
def test_as_the_published_table_implies(
    make: Callable[[], TwoByTwo], slope: float, difference: tuple[float, ...], f: float
) -> None:
    """By hand of the cells' means, SDs and the correlation that the printed F implies: 4 digits."""
    told = fit_ancova(make())
    assert told.slope == pytest.approx(slope, rel=5e-4)
    assert (told.estimate, *told.ci) == pytest.approx(difference, rel=5e-4)
    assert math.isclose(told.F, f, rel_tol=5e-4)


def test_who_is_left_out_is_told() -> None:
    (note,) = fit_ancova(incomplete()).notes
    assert note.startswith("5 of 30 participants are left out, as a measurement of bdnf is missing")
    assert note.endswith(": 2 of control, 3 of training.")
    assert fit_ancova(balanced()).notes == ()
    (note,) = fit_ancova(unbalanced()).notes
    assert note.startswith("An arm has fewer than 12 participants (control 10, training 15)")


def test_names_of_its_json() -> None:
    (told,) = adjust_co_primary([fit_ancova(balanced())])
    shown = told.to_json()
    promised = {
        "analysis", "outcome", "n", "notes", "estimate", "se", "ci95", "ci95_hc3", "F", "df1",
        "df2", "p", "p_holm", "partial_eta_squared", "slope", "adjusted_means", "slope_homogeneity",
    }  # fmt: skip
    assert promised <= shown.keys()
    assert (shown["analysis"], shown["p_holm"]) == ("ancova", shown["p"])
    assert shown["partial_eta_squared_convention"] == "lambda / (lambda + N), N = df1 + df2 + 1"
    assert set(shown["slope_homogeneity"]) >= {"F", "p"}  # type: ignore[arg-type]


def _with(pre: object, post: object) -> TwoByTwo:
    n = len(pre)  # type: ignore[arg-type]
    group = ["control"] * (n // 2) + ["training"] * (n - n // 2)
    return TwoByTwo.from_arrays("bdnf", [f"P{at}" for at in range(n)], group, pre, post)  # type: ignore[arg-type]


def _found(outcome: str, p: float) -> Ancova:
    return dataclasses.replace(fit_ancova(balanced()), outcome=outcome, p=p)


def test_holm_over_the_co_primary_outcomes() -> None:
    told = adjust_co_primary([_found("bdnf", 0.04), _found("gdnf", 0.01)])
    assert [result.p_holm for result in told] == [0.04, 0.02]
    with pytest.raises(MethodError, match="primary once only: bdnf, bdnf"):
        adjust_co_primary([_found("bdnf", 0.04), _found("bdnf", 0.01)])


def test_slopes_that_differ_are_told() -> None:
    pre = np.tile(np.arange(1.0, 13.0), 2)
    noise = np.resize([0.3, -0.2, 0.1, -0.4, 0.2], 24)
    post = np.where(np.arange(24) < 12, 20 + pre, 30 - pre) + noise
    notes = fit_ancova(_with(pre, post)).notes
    assert any(note.startswith("The arms' slopes on pre differ") for note in notes)


def test_values_at_zero_have_no_log() -> None:
    design = balanced()
    told = fit_ancova(_with(design.pre, design.post - 200))
    assert told.log_scale is None
    assert any("below 0, which no concentration is" in note for note in told.notes)
    assert any("The log scale can't be looked at" in note for note in told.notes)
    assert told.estimate == pytest.approx(fit_ancova(design).estimate)


def test_what_hangs_on_the_scale_is_told() -> None:
    """One value far out: a difference on one scale only."""
    pre = np.tile([10.0, 11.0, 12.0, 13.0, 14.0, 15.0], 2)
    post = np.array([10, 11, 12.5, 12, 14, 15.5, 20, 19, 24, 25, 300, 29.0])
    notes = fit_ancova(_with(pre, post)).notes
    assert any(note.startswith("On the log scale p is") for note in notes)


@pytest.mark.parametrize(
    ("pre", "post", "sentence"),
    [
        ([1, 2, 3, 4, 5], [2, 3, 4, 5, 7], "control has 2"),
        ([5.0] * 8, [1, 2, 3, 4, 5, 6, 8, 7], "can't tell its terms apart"),
        ([1.0] * 4 + [2.0] * 4, [1, 2, 3, 4, 5, 6, 8, 7], "can't tell its terms apart"),
        ([1, 2, 3, 4, 5, 6, 8, 7], [4.0] * 8, "leaves nothing over"),
        ([1, 2, 3, 4, 5, 6, 8, 7], [0.0] * 8, "leaves nothing over"),
        ([1, 2, 3, 4, 5, 6, 8, 7], [3, 5, 7, 9, 21, 23, 27, 25], "leaves nothing over"),
    ],
)
def test_what_it_refuses(pre: list[float], post: list[float], sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        fit_ancova(_with(pre, post))


@pytest.mark.parametrize("pre", [[1, 1, 1, 1, 5, 6, 8, 7], [1, 1, 1, 5, 5, 6, 8, 7]])
def test_an_arm_without_a_slope_of_its_own_leaves_the_primary_result(pre: list[float]) -> None:
    """A test that decides nothing refuses nothing either."""
    told = fit_ancova(_with(pre, [3, 5, 7, 9, 21, 23, 27, 26]))
    assert told.slope_homogeneity is None
    assert "An arm has no slope on pre that could be tested." in told.notes
