"""Against R 4.2.2, effectsize 0.8.3: hedges_g(y ~ group), whose J is exact and whose interval is by
the noncentral t (found to about 1e-7), training first."""

import math
from collections.abc import Callable

import pytest

from server.analysis.methods.arms import Measure
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.hedges_g import compute_exact_j, estimate_hedges_g
from server.errors import MethodError
from tests.published_table import bdnf_of_the_table, gdnf_of_the_table
from tests.two_arm_outcomes import balanced, incomplete, unbalanced


@pytest.mark.parametrize(
    ("make", "measure", "expected"),
    [
        (balanced, Measure.POST, (1.211306103, 0.4377489011, 1.966893806)),
        (balanced, Measure.CHANGE, (1.312236371, 0.5269634504, 2.078582336)),
        (unbalanced, Measure.POST, (0.9994658651, 0.1646250815, 1.815251305)),
        (unbalanced, Measure.CHANGE, (1.455595703, 0.563787977, 2.322874983)),
        (incomplete, Measure.POST, (1.011487258, 0.1894452269, 1.814391215)),
        (incomplete, Measure.CHANGE, (1.279116552, 0.4248059914, 2.110899411)),
    ],
)
def test_as_effectsize_has_it(
    make: Callable[[], TwoByTwo], measure: Measure, expected: tuple[float, float, float]
) -> None:
    told = estimate_hedges_g(make(), measure)
    assert told.estimate == pytest.approx(expected[0], abs=1e-9)
    assert told.ci == pytest.approx(expected[1:], abs=5e-7)
    assert (told.measure, told.df) == (measure, told.n - 2)


@pytest.mark.parametrize(
    ("make", "measure", "expected"),
    [
        (bdnf_of_the_table, Measure.POST, (11.75, 8.605, 14.88)),
        (gdnf_of_the_table, Measure.POST, (8.686, 6.311, 11.04)),
        (bdnf_of_the_table, Measure.PRE, (0.02108, None, None)),
        (gdnf_of_the_table, Measure.PRE, (-0.09315, None, None)),
    ],
)
def test_as_the_published_table_implies(
    make: Callable[[], TwoByTwo],
    measure: Measure,
    expected: tuple[float, float | None, float | None],
) -> None:
    """By hand of its means and SDs, 4 digits: far out in the tail of the noncentral t."""
    told = estimate_hedges_g(make(), measure)
    assert told.estimate == pytest.approx(expected[0], rel=5e-4)
    if expected[1] is not None:
        assert told.ci == pytest.approx(expected[1:], rel=5e-4)


def test_the_correction_by_hand() -> None:
    """Of gamma(1/2) = sqrt(pi): 1 / sqrt(pi) of 2 df, sqrt(2 / pi) of 4; the usual approximation
    1 - 3 / (4 df - 1) has 0.5714 and 0.8."""
    assert compute_exact_j(2) == pytest.approx(math.pi**-0.5)
    assert compute_exact_j(4) == pytest.approx((2 / math.pi) ** 0.5)


def test_names_of_its_json() -> None:
    shown = estimate_hedges_g(incomplete(), Measure.POST).to_json()
    assert {"analysis", "outcome", "n", "notes", "measure", "estimate", "ci95"} <= shown.keys()
    assert (shown["analysis"], shown["measure"], shown["n"]) == ("hedges_g", "post", 25)
    assert "left out" in str(shown["notes"])


@pytest.mark.parametrize(
    ("post", "sentence"),
    [
        ([1.0, 1.0, 2.0, 2.0], "all values of an arm are the same"),
        ([1, None, 2, 3], "control has 1"),
    ],
)
def test_what_it_refuses(post: list[float], sentence: str) -> None:
    group = ["control", "control", "training", "training"]
    design = TwoByTwo.from_arrays("bdnf", list("abcd"), group, [1, 2, 3, 4], post)
    with pytest.raises(MethodError, match=sentence):
        estimate_hedges_g(design, Measure.POST)
