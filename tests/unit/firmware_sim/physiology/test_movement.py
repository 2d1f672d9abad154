"""Chest acceleration: gravity where it belongs, and what each exercise is known for."""

import random

import numpy as np
import pytest

from firmware_sim.physiology.activities import Activity
from firmware_sim.physiology.circuit import Segment, Timetable
from firmware_sim.physiology.movement import Movement
from firmware_sim.physiology.repetitions import Repetitions
from firmware_sim.physiology.templates import FloatArray


def _minute(activity: Activity, seed: int = 1) -> tuple[FloatArray, list[float]]:
    """(n, 3) mg at 200 Hz and the repetitions' starts, after posture has settled."""
    timetable = Timetable([Segment(0.0, 60.0, activity)])
    repetitions = Repetitions(timetable, random.Random(seed))
    movement = Movement(timetable, repetitions, random.Random(seed))
    return movement.acceleration_mg(np.arange(2.0, 58.0, 0.005)), repetitions.starts_s


def test_upright_gravity_is_along_the_body() -> None:
    """As in the real recording: the axis towards the feet reads about -1 g."""
    for seed in range(20):
        mean = _minute(Activity.STAND, seed)[0].mean(axis=0)
        assert mean[0] < -900.0
        assert np.linalg.norm(mean) == pytest.approx(1000.0, abs=5.0)


def test_supine_gravity_comes_out_of_the_chest() -> None:
    mean = _minute(Activity.SUPINE_CORE)[0].mean(axis=0)
    assert mean[2] > 900.0


def test_standing_is_as_quiet_as_a_real_h10_at_rest() -> None:
    """The recording at rest has 5 to 12 mg standard deviation a channel within a second."""
    samples = _minute(Activity.STAND)[0]
    within_a_second = samples[:11_000].reshape(55, 200, 3).std(axis=1).mean(axis=0)
    assert (within_a_second > 3.0).all()
    assert (within_a_second < 15.0).all()


def test_jumps_have_flight_and_landing_each() -> None:
    samples, starts_s = _minute(Activity.JUMP)
    magnitude = np.linalg.norm(samples, axis=1)
    in_flight = magnitude < 150.0
    flights = int((np.diff(in_flight.astype(int)) == 1).sum())
    assert flights == len(starts_s)
    assert in_flight.sum() / 200 / flights == pytest.approx(0.28, abs=0.06)  # seconds each
    assert magnitude.max() > 2500.0


def test_walking_has_two_steps_a_stride() -> None:
    samples, starts_s = _minute(Activity.WALK)
    up = -samples[:, 0] - 1000.0
    spectrum = np.abs(np.fft.rfft(up - up.mean()))
    strongest_hz = np.fft.rfftfreq(len(up), 0.005)[spectrum.argmax()]
    stride_hz = (len(starts_s) - 1) / (starts_s[-1] - starts_s[0])
    assert strongest_hz == pytest.approx(2 * stride_hz, rel=0.05)


@pytest.mark.parametrize(
    ("lively", "quiet"),
    [
        (Activity.JUMP, Activity.LUNGE),
        (Activity.LUNGE, Activity.BAND),
        (Activity.BAND, Activity.TANDEM_STANCE),
        (Activity.TANDEM_STANCE, Activity.STAND),
    ],
)
def test_exercises_differ_in_how_much_they_move(lively: Activity, quiet: Activity) -> None:
    spreads = [np.linalg.norm(_minute(each)[0].std(axis=0)) for each in (lively, quiet)]
    assert spreads[0] > spreads[1]


def test_blocks_across_a_change_of_activity() -> None:
    timetable = Timetable(
        [Segment(0.0, 5.0, Activity.STAND), Segment(5.0, 20.0, Activity.SUPINE_CORE)]
    )
    movement = Movement(timetable, Repetitions(timetable, random.Random(1)), random.Random(1))
    samples = movement.acceleration_mg(np.arange(0.0, 25.0, 0.005))
    assert samples.shape == (5000, 3)
    assert samples[900, 0] < -900.0
    assert samples[2000, 2] > 800.0
    assert samples[4900, 0] < -900.0  # afterwards she sits
    # Posture eases over: lying down and getting up take their time.
    assert np.abs(np.diff(samples, axis=0)).max() < 60.0
