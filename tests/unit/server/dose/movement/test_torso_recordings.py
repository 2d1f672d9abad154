"""Real people through the same code: drop-outs, posture, and what moves more than what."""

import numpy as np
import pytest
from numpy.typing import NDArray

from server.dose.movement.epoch_grid import EpochGrid
from server.dose.movement.epoch_stream import EpochStream
from server.dose.movement.epochs import Epochs
from server.dose.movement.posture import (
    Posture,
    classify_posture,
    compute_gravity_mg,
    estimate_upright,
    measure_tilt_deg,
)
from tests.unit.server.dose.movement.torso import TORSO_HZ, read_torso

PEOPLE = (1, 3, 5, 6)
SITTING, STANDING, LYING_BACK, LYING_RIGHT, STAIRS_UP, STAIRS_DOWN = 1, 2, 3, 4, 5, 6
LIFT, WALKING, RUNNING, JUMPING = 7, 10, 12, 18
STARTS = np.arange(60) * 125


def measure(person: int, activity: int) -> Epochs:
    stream = EpochStream(EpochGrid(TORSO_HZ, 5.0))
    stream.add(read_torso(person, activity), 0.0)
    return stream.finish()


@pytest.mark.parametrize(
    ("person", "activity", "zero_filled"),
    [
        (1, STAIRS_UP, 0.2),
        (1, STAIRS_DOWN, 0.2),
        (6, STAIRS_UP, 0.2),
        (6, STAIRS_DOWN, 0.2),
        (6, JUMPING, 38 * 25 / 7500),
        (3, STAIRS_UP, 0.0),
        (6, RUNNING, 0.0),
    ],
)
def test_dropouts_are_gaps_and_their_share_is_told(
    person: int, activity: int, zero_filled: float
) -> None:
    """A second of zeros every five: without it nobody moves less or more than with it."""
    epochs = measure(person, activity)
    assert epochs.zero_filled.mean() == pytest.approx(zero_filled)
    assert epochs.coverage == pytest.approx(1 - epochs.zero_filled)


def test_stairs_with_dropouts_are_as_lively_as_stairs_without() -> None:
    """Zeros taken as samples would add some 300 mg to MAD."""
    whole = [float(measure(person, STAIRS_UP).mad_mg.mean()) for person in (3, 5)]
    holey = [float(measure(person, STAIRS_UP).mad_mg.mean()) for person in (1, 6)]
    assert max(holey) < 1.6 * max(whole)
    assert min(holey) > 0.6 * min(whole)


@pytest.mark.parametrize("person", PEOPLE)
def test_who_moves_more_has_more(person: int) -> None:
    mad_mg = [
        float(np.nanmean(measure(person, each).mad_mg)) for each in (SITTING, WALKING, RUNNING)
    ]
    assert mad_mg[0] < 15 < 80 < mad_mg[1] < 200 < mad_mg[2]


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(
    ("activity", "posture"),
    [
        (STANDING, Posture.UPRIGHT),
        (SITTING, Posture.UPRIGHT),
        (LIFT, Posture.UPRIGHT),
        (WALKING, Posture.UPRIGHT),
        (LYING_BACK, Posture.LYING),
    ],
)
def test_posture_by_her_own_upright(person: int, activity: int, posture: Posture) -> None:
    """Her reference is how she stands, in the first of five minutes."""
    upright = _learn_upright(person)
    gravity_mg = compute_gravity_mg(read_torso(person, activity), STARTS)
    told = classify_posture(measure_tilt_deg(gravity_mg, upright))
    assert told.count(posture) >= 57  # of 60 epochs


@pytest.mark.parametrize(
    ("person", "posture"),
    [(1, Posture.LEANING), (3, Posture.LEANING), (5, Posture.LYING), (6, Posture.LYING)],
)
def test_two_of_four_who_lie_on_a_side_are_leaning(person: int, posture: Posture) -> None:
    """Where the published cut ends: their trunks are turned by 57 and 62 degrees only."""
    upright = _learn_upright(person)
    gravity_mg = compute_gravity_mg(read_torso(person, LYING_RIGHT), STARTS)
    told = classify_posture(measure_tilt_deg(gravity_mg, upright))
    assert told.count(posture) >= 55


def _learn_upright(person: int) -> NDArray[np.float64]:
    upright = estimate_upright(compute_gravity_mg(read_torso(person, STANDING), STARTS)[:12])
    assert upright is not None
    return upright
