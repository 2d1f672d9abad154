"""Shapes of one repetition."""

import numpy as np
import pytest

from firmware_sim.physiology.activities import Activity
from firmware_sim.physiology.templates import PHASES, TEMPLATES


def test_every_activity_has_a_shape() -> None:
    assert set(TEMPLATES) == set(Activity)


@pytest.mark.parametrize("activity", list(Activity))
def test_shapes_are_whole_and_finite(activity: Activity) -> None:
    template = TEMPLATES[activity]
    for channel in (template.tilt_deg, template.up_mg, template.forward_mg, template.left_mg):
        assert channel.shape == (PHASES,)
        assert np.isfinite(channel).all()
    assert template.up_mg.min() >= -1000.0  # nobody falls faster than gravity


@pytest.mark.parametrize("activity", [a for a in Activity if a is not Activity.JUMP])
def test_a_repetition_ends_where_it_began(activity: Activity) -> None:
    """No push is left over, or she would leave the room."""
    assert abs(TEMPLATES[activity].up_mg.mean()) < 1.0


def test_a_jump_pays_for_its_flight_with_push_and_landing() -> None:
    assert abs(TEMPLATES[Activity.JUMP].up_mg.mean()) < 60.0
