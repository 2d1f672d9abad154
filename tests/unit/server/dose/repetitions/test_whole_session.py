"""A whole SIMULATED hour without any boundary: eight stations of three sets, rests between."""

import random

import numpy as np
import pytest

from firmware_sim.physiology.activities import Activity
from firmware_sim.physiology.circuit import Timetable, build_timetable
from firmware_sim.physiology.movement import Movement
from firmware_sim.physiology.repetitions import Repetitions
from server.dose.repetitions.counted import Counted
from server.dose.repetitions.detector import count_repetitions

RATE_HZ = 25.0
RESTS = (Activity.SIT, Activity.STAND, Activity.TANDEM_STANCE)
SETS = (Activity.SIT_TO_STAND, Activity.LUNGE, Activity.STEP_UP, Activity.JUMP)


@pytest.fixture(scope="module", params=[(0, 1), (4, 7)])
def hour(request: pytest.FixtureRequest) -> tuple[Timetable, Repetitions, Counted]:
    first_station, seed = request.param
    timetable = build_timetable(first_station, 0.0, 1.0)
    rng = random.Random(seed)
    repetitions = Repetitions(timetable, rng)
    samples = Movement(timetable, repetitions, rng).acceleration_mg(
        np.arange(0.0, 3600.0, 1.0 / RATE_HZ)
    )
    return timetable, repetitions, count_repetitions(samples, RATE_HZ)


def _counted_in(counted: Counted, starts_s: float, ends_s: float) -> int:
    return sum(starts_s <= moment < ends_s for moment in counted.times_s)


def test_each_set_is_within_one(hour: tuple[Timetable, Repetitions, Counted]) -> None:
    timetable, repetitions, counted = hour
    for segment in timetable.segments:
        if segment.activity in SETS:
            truth = len(repetitions.in_segment(segment))
            told = _counted_in(counted, segment.starts_s, segment.ends_s)
            assert told == pytest.approx(truth, abs=1), segment


def test_rest_counts_nothing(hour: tuple[Timetable, Repetitions, Counted]) -> None:
    """At most the repetition that she ends in it."""
    timetable, _, counted = hour
    for segment in timetable.segments:
        if segment.activity in RESTS:
            assert _counted_in(counted, segment.starts_s, segment.ends_s) <= 1, segment


def test_bouts_rise_and_do_not_overlap(hour: tuple[Timetable, Repetitions, Counted]) -> None:
    _, _, counted = hour
    assert len(counted.bouts) > 12
    for before, after in zip(counted.bouts, counted.bouts[1:], strict=False):
        assert before.end_s <= after.start_s
    assert all(0.0 < bout.confidence <= 1.0 for bout in counted.bouts)
    assert counted.times_s == sorted(counted.times_s)
