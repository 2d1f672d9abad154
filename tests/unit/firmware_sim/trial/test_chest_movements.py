"""Every exercise of the shipped plans is a movement."""

import pytest

from firmware_sim.physiology.activities import Activity
from firmware_sim.trial.chest_movements import find_activity, find_rest
from protocol.training.shipped import read_shipped_plan


@pytest.mark.parametrize("plan", ["tailored", "as_printed"])
def test_each_exercise_of_the_plan_is_known(plan: str) -> None:
    exercises = [one.id for one in read_shipped_plan(plan).exercises]
    assert [one for one in exercises if find_activity(one) is Activity.STAND] == []


def test_words_that_lie_near_each_other() -> None:
    assert find_activity("shoulder-hip-flexion-band") is Activity.BAND
    assert find_activity("tandem-foam-support") is Activity.TANDEM_STANCE
    assert find_activity("hop-marks") is Activity.JUMP
    assert find_activity("juggling") is Activity.STAND


def test_who_sat_or_lay_rests_sitting() -> None:
    assert find_rest(Activity.SUPINE_CORE) is Activity.SIT
    assert find_rest(Activity.LUNGE) is Activity.STAND
