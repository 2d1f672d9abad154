"""Against pingouin 0.7.0: box_m(data, dvs=["pre", "post"], group="group") of what is complete."""

from collections.abc import Callable

import pytest

from server.analysis.methods.box_m import check_covariances
from server.analysis.methods.design import TwoByTwo
from server.errors import MethodError
from tests.two_arm_outcomes import balanced, incomplete, unbalanced


@pytest.mark.parametrize(
    ("make", "chi_squared", "p"),
    [
        (balanced, 1.459190091347, 0.691720749002),
        (unbalanced, 1.434342283418, 0.697504820249),
        (incomplete, 0.507229761727, 0.917300217735),
    ],
)
def test_as_pingouin_has_it(make: Callable[[], TwoByTwo], chi_squared: float, p: float) -> None:
    told = check_covariances(make())
    assert (told.chi_squared, told.p) == pytest.approx((chi_squared, p), rel=1e-9)
    assert told.df == 3
    assert told.notes[-1].endswith("no analysis hangs on it.")


@pytest.mark.parametrize(
    ("pre", "sentence"),
    [
        ([1, 2, 3, None, 5, 6, 7, 9], "control has 3"),
        ([4, 4, 4, 4, 5, 6, 7, 9], "constant, or follows from the other"),
        ([1, 2, 3, 4, 2, 4, 6, 8], "constant, or follows from the other"),
    ],
)
def test_what_it_refuses(pre: list[float], sentence: str) -> None:
    group = ["control"] * 4 + ["training"] * 4
    post = [3.0, 1, 2, 5, 1, 2, 3, 4]
    design = TwoByTwo.from_arrays("bdnf", [f"P{at}" for at in range(8)], group, pre, post)
    with pytest.raises(MethodError, match=sentence):
        check_covariances(design)
