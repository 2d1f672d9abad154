"""Against R 4.2.2, car 3.1-1: leveneTest(y, group, center = mean) and with median."""

from collections.abc import Callable

import pytest

from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.variance_homogeneity import check_variance_homogeneity
from server.errors import MethodError
from tests.two_arm_outcomes import balanced, incomplete, unbalanced


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (balanced, {
            ("pre", "mean"): (0.705831326904, 0.407948099556),
            ("pre", "median"): (0.421646235379, 0.521408204159),
            ("post", "mean"): (3.71088626502, 0.0642653812462),
            ("post", "median"): (2.01280061821, 0.167013108023)}),
        (unbalanced, {
            ("pre", "mean"): (0.353055016824, 0.558188694278),
            ("pre", "median"): (0.220341949529, 0.643199039812),
            ("post", "mean"): (0.972211883092, 0.334388896494),
            ("post", "median"): (0.655638908134, 0.426402060486)}),
        (incomplete, {
            ("pre", "mean"): (0.00599811320137, 0.938937374706),
            ("pre", "median"): (3.17187778447e-05, 0.995554948673),
            ("post", "mean"): (0.614718523063, 0.441017069406),
            ("post", "median"): (0.322115155671, 0.575837942126)}),
    ],
)  # fmt: skip
def test_as_car_has_it(
    make: Callable[[], TwoByTwo], expected: dict[tuple[str, str], tuple[float, float]]
) -> None:
    told = check_variance_homogeneity(make())
    found = {(result.timepoint.value, result.center.value): result for result in told}
    assert {time for time, _ in found} == {"pre", "post", "change"}
    for key, (f, p) in expected.items():
        assert (found[key].F, found[key].p) == pytest.approx((f, p), rel=1e-8), key
        assert (found[key].df1, found[key].df2) == (1, found[key].n - 2)


def test_names_of_its_json() -> None:
    shown = check_variance_homogeneity(incomplete())[0].to_json()
    assert {"analysis", "outcome", "n", "notes", "timepoint", "center", "F", "p"} <= shown.keys()
    assert (shown["analysis"], shown["center"]) == ("variance_homogeneity", "mean")
    assert "left out" in str(shown["notes"])


def _of(pre: list[float], post: list[float]) -> TwoByTwo:
    n = len(pre)
    group = ["control"] * (n // 2) + ["training"] * (n // 2)
    return TwoByTwo.from_arrays("bdnf", [f"P{at}" for at in range(n)], group, pre, post)


def test_distances_that_are_alike_have_no_test() -> None:
    """Changes of 0.3 and 0.1 by turns are equally far from their mean, but for rounding."""
    changes = [0.3, 0.1, 0.3, 0.1] * 2
    pre = [0.1, 0.7, 1.3, 0.2, 1.1, 0.9, 2.3, 1.7]
    told = check_variance_homogeneity(
        _of(pre, [start + change for start, change in zip(pre, changes, strict=True)])
    )
    (of_change,) = [r for r in told if (r.timepoint.value, r.center.value) == ("change", "mean")]
    assert (of_change.F, of_change.p) == (None, None)
    assert of_change.notes[0].startswith("All values are equally far from their centre")


def test_fewer_than_three_in_an_arm_are_refused() -> None:
    with pytest.raises(MethodError, match="Levene's test of bdnf needs at least 3"):
        check_variance_homogeneity(_of([1, 2, 3, 4], [2, 1, 4, 4]))
