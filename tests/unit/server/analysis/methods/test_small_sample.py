import numpy as np

from server.analysis.methods.small_sample import describe_small
from tests.two_arm_outcomes import balanced, incomplete


def test_an_arm_of_twelve_is_none() -> None:
    pairs = incomplete().select_complete()
    assert (pairs.n_control, pairs.n_training) == (13, 12)
    assert describe_small(pairs) == ()
    (note,) = describe_small(balanced().select(np.arange(30) < 26))
    assert "(control 15, training 11)" in note
