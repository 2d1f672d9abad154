"""How large a trial is."""

import pytest

from firmware_sim.rehearsal.participants import Arms
from firmware_sim.rehearsal.trial_shape import MOST_PARTICIPANTS, TrialShape


@pytest.mark.parametrize(
    ("n", "arms"), [(30, Arms(15, 15)), (4, Arms(2, 2)), (5, Arms(3, 2)), (2, Arms(1, 1))]
)
def test_two_arms_one_to_one(n: int, arms: Arms) -> None:
    shape = TrialShape(n_participants=n)
    assert shape.arms == arms
    assert len(shape.codes) == arms.n == n <= MOST_PARTICIPANTS


def test_movement_is_there_of_one_session_in_the_middle() -> None:
    assert [TrialShape(n_sessions=n).acceleration_on for n in (1, 3, 24)] == [1, 2, 12]
