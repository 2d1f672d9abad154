import numpy as np
import pytest

from server.analysis.methods.arms import Arms, Measure, have_spread, select_arms
from tests.two_arm_outcomes import CONTROL_POST, TRAINING_POST, balanced


def test_by_hand() -> None:
    """Squares about 2 and 6: 2 and 8, over 4 df."""
    arms = Arms(np.array([1.0, 2, 3]), np.array([4.0, 6, 8]))
    assert (arms.n, arms.difference, arms.size) == (6, 4.0, 8.0)
    assert arms.pooled_sd == pytest.approx(2.5**0.5)
    assert arms.within.tolist() == [-1, 0, 1, -2, 0, 2]


def test_one_measure_of_both() -> None:
    arms = select_arms(balanced(), Measure.POST)
    assert (tuple(arms.control), tuple(arms.training)) == (CONTROL_POST, TRAINING_POST)
    assert select_arms(balanced(), Measure.CHANGE).control[0] == -10.0


@pytest.mark.parametrize(("size", "has"), [(0.0, True), (0.1, False)])
def test_rounding_is_no_spread(size: float, has: bool) -> None:
    assert have_spread(np.array([0.3 - 0.1, 0.2]), size) is has
