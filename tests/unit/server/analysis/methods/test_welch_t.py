"""Against R 4.2.2: t.test(y ~ group), training first."""

from collections.abc import Callable

import pytest

from server.analysis.methods.arms import Measure
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.welch_t import compare_by_welch
from server.errors import MethodError
from tests.two_arm_outcomes import balanced, incomplete, unbalanced


@pytest.mark.parametrize(
    ("make", "measure", "t", "df", "p", "ci"),
    [
        (balanced, Measure.POST, 3.409588738, 25.43922344, 0.00217685470654,
         (16.7237490005, 67.6362509995)),
        (balanced, Measure.CHANGE, 3.693687618, 27.59960489, 0.000964825530162,
         (18.6839397473, 65.2760602527)),
        (unbalanced, Measure.POST, 2.392608601, 15.73356971, 0.0295783829101,
         (3.70480053784, 62.00853279549)),
        (unbalanced, Measure.CHANGE, 3.497642161, 15.96633408, 0.00298640985661,
         (19.4537487692, 79.3462512308)),
        (incomplete, Measure.POST, 2.633371747, 22.75449748, 0.0149313846047,
         (7.63578952548, 63.73472329503)),
        (incomplete, Measure.CHANGE, 3.325189521, 22.89480982, 0.0029585763837,
         (16.4489376066, 70.6459341882)),
    ],
)  # fmt: skip
def test_as_r_has_it(
    make: Callable[[], TwoByTwo],
    measure: Measure,
    t: float,
    df: float,
    p: float,
    ci: tuple[float, float],
) -> None:
    told = compare_by_welch(make(), measure)
    assert (told.t, told.df, told.p) == pytest.approx((t, df, p), rel=1e-9)
    assert told.ci == pytest.approx(ci, rel=1e-9)
    assert told.estimate == pytest.approx(sum(ci) / 2)


def test_names_of_its_json() -> None:
    shown = compare_by_welch(incomplete(), Measure.CHANGE).to_json()
    assert {"analysis", "outcome", "n", "notes", "measure", "t", "df", "p"} <= shown.keys()
    assert (shown["analysis"], shown["measure"]) == ("welch_t", "change")
    assert "left out" in str(shown["notes"])


def test_one_constant_arm_is_no_harm() -> None:
    """All the spread is the other arm's: its t against a fixed number, with its df."""
    design = _of([5.0, 5.0, 5.0, 4.0, 6.0, 8.0])
    told = compare_by_welch(design, Measure.POST)
    assert (told.df, told.t) == pytest.approx((2.0, 1.0 / (2 / 3**0.5)))


@pytest.mark.parametrize(
    ("post", "sentence"),
    [([1.0, 1, 1, 2, 2, 2], "are the same, in both arms"), ([1, None, None, 2, 3, 4], "has 1")],
)
def test_what_it_refuses(post: list[float], sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        compare_by_welch(_of(post), Measure.POST)


def _of(post: list[float]) -> TwoByTwo:
    group = ["control"] * 3 + ["training"] * 3
    return TwoByTwo.from_arrays("bdnf", list("abcdef"), group, [1, 2, 3, 4, 5, 7], post)
