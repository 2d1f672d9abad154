"""Against R 4.2.2: shapiro.test of residuals of lm(y ~ group), of either arm, and of residuals of
lm(post ~ pre + group). Both programs go by Royston's AS R94, which gives p to about 8 digits."""

from collections.abc import Callable

import pytest

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.normality import check_normality
from server.errors import MethodError
from tests.two_arm_outcomes import balanced, incomplete

R_HAS = {
    "balanced": {
        ("pre", "residuals"): (0.944811122169, 0.122607876843),
        ("pre", "training"): (0.965299401558, 0.783403477699),
        ("pre", "control"): (0.92885005894, 0.262270228591),
        ("post", "residuals"): (0.951687580595, 0.187568504057),
        ("post", "training"): (0.931746406867, 0.28973220957),
        ("post", "control"): (0.909062702802, 0.131001791857),
        ("change", "residuals"): (0.956796089739, 0.255973439987),
        ("change", "training"): (0.973105254039, 0.901079308743),
        ("change", "control"): (0.923982545305, 0.221470060236),
        ("post", "ancova_residuals"): (0.931234127745, 0.0529570364153),
    },
    "incomplete": {
        ("pre", "residuals"): (0.943218085661, 0.17561011261),
        ("pre", "training"): (0.954159868464, 0.698349181412),
        ("pre", "control"): (0.935200524456, 0.397821299105),
        ("post", "residuals"): (0.925290093209, 0.0676983483868),
        ("post", "training"): (0.933981164183, 0.424225417373),
        ("post", "control"): (0.904178691248, 0.152606277081),
        ("change", "residuals"): (0.945775478422, 0.201010607911),
        ("change", "training"): (0.971969163303, 0.930297466134),
        ("change", "control"): (0.927667614536, 0.317597270284),
        ("post", "ancova_residuals"): (0.906437937765, 0.0254018358071),
    },
}


@pytest.mark.parametrize(("make", "shape"), [(balanced, "balanced"), (incomplete, "incomplete")])
def test_as_r_has_it(make: Callable[[], TwoByTwo], shape: str) -> None:
    told = check_normality(make())
    found = {(result.timepoint.value, result.on.value): (result.W, result.p) for result in told}
    assert found.keys() == R_HAS[shape].keys()
    for key, (w, p) in R_HAS[shape].items():
        assert found[key] == pytest.approx((w, p), abs=1e-7), key


def test_arms_far_apart_arent_taken_for_one_crooked_shape() -> None:
    """As the study's post: of both arms together the two summits have a p of about 1e-5."""
    near = balanced()
    group = ["training" if flag else "control" for flag in near.is_training]
    far = TwoByTwo.from_arrays(
        "bdnf", near.codes, group, near.pre, near.post + 1000 * near.is_training
    )
    for result in check_normality(far):
        w, p = R_HAS["balanced"][result.timepoint.value, result.on.value]
        assert (result.W, result.p) == pytest.approx((w, p), abs=1e-7), result.on


def test_names_of_its_json() -> None:
    shown = check_normality(incomplete())[0].to_json()
    assert {"analysis", "outcome", "n", "notes", "timepoint", "on", "W", "p"} <= shown.keys()
    assert (shown["analysis"], shown["timepoint"], shown["on"]) == ("normality", "pre", "residuals")
    assert "left out" in str(shown["notes"])


def test_n_is_what_was_tested() -> None:
    assert [result.n for result in check_normality(incomplete())[:3]] == [25, 12, 13]


def _of(pre: list[float], post: list[float]) -> TwoByTwo:
    n = len(pre)
    group = ["control"] * (n // 2) + ["training"] * (n // 2)
    return TwoByTwo.from_arrays("bdnf", [f"P{at}" for at in range(n)], group, pre, post)


def test_an_arm_of_one_value_has_no_shape() -> None:
    """Nor have changes that are alike but for the rounding of doubles."""
    told = {
        (result.timepoint.value, result.on.value): result
        for result in check_normality(_of([0.1, 0.2, 0.7, 1, 2, 4], [0.4, 0.5, 1.0, 3, 4, 5]))
    }
    control = told["change", "control"]
    assert (control.W, control.p) == (None, None)
    assert control.notes == ("All values are the same: there is no shape to test.",)
    assert control.to_json()["W"] is None
    assert told["change", "training"].p is not None


def test_fewer_than_three_in_an_arm_are_refused() -> None:
    with pytest.raises(MethodError, match="Shapiro-Wilk of bdnf needs at least 3"):
        check_normality(_of([1, 2, 3, 4], [2, 1, 4, 4]))
