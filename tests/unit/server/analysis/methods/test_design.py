import math

import numpy as np
import pytest

from server.analysis.methods.design import TwoByTwo
from server.errors import MethodError

CODES = ("P1", "P2", "P3", "P4", "P5")
GROUP = ("control", "training", "control", "training", "training")


def _design(
    pre: object = (1.0, 2, None, 4.0, math.nan), post: object = (2.0, None, 5.0, 3.0, None)
) -> TwoByTwo:
    return TwoByTwo.from_arrays("bdnf", CODES, GROUP, pre, post)  # type: ignore[arg-type]


def test_what_is_missing_is_counted_and_left_out() -> None:
    design = _design()
    assert (design.n, design.n_control, design.n_training) == (5, 2, 3)
    assert (design.n_missing_pre, design.n_missing_post) == (2, 2)
    complete = design.select_complete()
    assert complete.codes == ("P1", "P4")
    assert complete.change.tolist() == [1.0, -1.0]
    assert complete.is_training.tolist() == [False, True]
    assert complete.describe_missing() == ()
    (note,) = design.describe_missing()
    assert note.startswith("3 of 5 participants are left out")
    assert note.endswith("missing: 1 of control, 2 of training.")


def test_columns_cant_be_written_to() -> None:
    design = _design()
    for column in (design.pre, design.post, design.is_training, design.select_complete().pre):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 1


def test_an_arm_that_is_too_small_is_refused() -> None:
    design = _design()
    design.check_arms("ANCOVA", 2)
    with pytest.raises(MethodError, match=r"ANCOVA of bdnf .* 3 .*; control has 2"):
        design.check_arms("ANCOVA", 3)
    nobody = design.select(np.array([True, False, True, False, False]))
    with pytest.raises(MethodError, match="training has 0"):
        nobody.check_arms("ANCOVA", 1)


def test_codes_that_differ_in_capitals_only_are_refused() -> None:
    with pytest.raises(MethodError, match="P01 and p01 differ in capitals only"):
        TwoByTwo.from_arrays("bdnf", ("P01", "p01"), GROUP[:2], (1.0, 2.0), (1.0, 2.0))


def test_values_below_zero_are_told() -> None:
    assert _design().describe_negative() == ()
    (note,) = _design(pre=(-1.0, 2, -3.0, 4, 5), post=(1, 2, 3, 4, -0.1)).describe_negative()
    assert note.startswith("3 measurements of bdnf are below 0")


@pytest.mark.parametrize(
    ("codes", "group", "pre", "sentence"),
    [
        (("P1", "P1", "P3", "P3", "P5"), GROUP, (1, 2, 3, 4, 5), "P1, P3: .* once only"),
        (CODES, ("control", "Training", *GROUP[2:]), (1, 2, 3, 4, 5), "group of P2 is 'Training'"),
        (CODES, GROUP[1:], (1, 2, 3, 4, 5), "group has 4 values for 5"),
        (CODES, GROUP, (1, 2, 3, 4), "bdnf_pre has 4 values for 5"),
        (CODES, GROUP, (1, 2, "3.1", 4, 5), "bdnf_pre of P3 is '3.1', which is no number"),
        (CODES, GROUP, (1, True, 3, 4, 5), "bdnf_pre of P2 is True"),
        (CODES, GROUP, (1, 2, 3, 4, math.inf), "bdnf_pre of P5 is infinite"),
    ],
)
def test_what_is_no_design_is_refused(
    codes: tuple[str, ...], group: tuple[str, ...], pre: tuple[float, ...], sentence: str
) -> None:
    with pytest.raises(MethodError, match=sentence):
        TwoByTwo.from_arrays("bdnf", codes, group, pre, (1, 2, 3, 4, 5))
