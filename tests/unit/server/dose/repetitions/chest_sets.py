"""Sets of the simulator's own movements, with their truth, before and after a rest."""

import random
from types import SimpleNamespace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from firmware_sim.physiology.activities import EFFORTS, Activity
from firmware_sim.physiology.circuit import Segment, Timetable
from firmware_sim.physiology.movement import Movement
from firmware_sim.physiology.repetitions import Repetitions

FloatArray = NDArray[np.float64]
SET_S = 52.5
REST_S = 10.0


def simulate_set(activity: Activity, seed: int, rate_hz: float) -> tuple[FloatArray, int]:
    """A set of 52.5 s between two rests of 10 s: (n, 3) milli-g and how many there were."""
    ends_s = REST_S + SET_S
    timetable = Timetable(
        [
            Segment(0.0, REST_S, Activity.STAND),
            Segment(REST_S, ends_s, activity),
            Segment(ends_s, ends_s + REST_S, Activity.STAND),
        ]
    )
    rng = random.Random(seed)
    repetitions = Repetitions(timetable, rng)
    at_s = np.arange(0.0, ends_s + REST_S, 1.0 / rate_hz)
    movement = Movement(timetable, repetitions, rng)
    return movement.acceleration_mg(at_s), len(repetitions.starts_s)


def simulate_paused_set(
    activity: Activity, seed: int, rate_hz: float, n: int = 10, longest_pause_s: float = 3.0
) -> FloatArray:
    """`n` repetitions with uneven pauses between, so that there is no pace to go by."""
    rng = random.Random(seed)
    nominal_s = EFFORTS[activity].repetition_s
    assert nominal_s is not None
    starts_s: list[float] = []
    ends_s: list[float] = []
    at_s = 8.0
    for _ in range(n):
        starts_s.append(at_s)
        ends_s.append(at_s + nominal_s * max(0.7, rng.gauss(1.0, 0.08)))
        at_s = ends_s[-1] + rng.uniform(0.2, longest_pause_s)
    timetable = Timetable(
        [
            Segment(0.0, 6.0, Activity.STAND),
            Segment(6.0, at_s, activity),
            Segment(at_s, at_s + 8.0, Activity.STAND),
        ]
    )
    repetitions = cast(Repetitions, SimpleNamespace(starts_s=starts_s, ends_s=ends_s))
    movement = Movement(timetable, repetitions, rng)
    return movement.acceleration_mg(np.arange(0.0, at_s + 8.0, 1.0 / rate_hz))
