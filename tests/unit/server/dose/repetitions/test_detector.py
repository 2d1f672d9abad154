"""The simulator's movements: SIMULATED, with truth; recordings are in tests/contract."""

from itertools import pairwise

import numpy as np
import pytest

from firmware_sim.physiology.activities import Activity
from server.dose.repetitions.counted import CantTell
from server.dose.repetitions.detector import count_repetitions
from tests.unit.server.dose.repetitions.chest_sets import (
    REST_S,
    SET_S,
    simulate_paused_set,
    simulate_set,
)

SLOW = {
    Activity.SIT_TO_STAND: "sit-to-stand",
    Activity.LUNGE: "static-lunge-free",
    Activity.STEP_UP: "side-step-up",
    Activity.JUMP: "vertical-jump",
}
SEEDS = range(4)


@pytest.mark.parametrize("rate_hz", [25.0, 100.0])
@pytest.mark.parametrize("activity", SLOW)
def test_a_set_is_counted_with_and_without_its_name(activity: Activity, rate_hz: float) -> None:
    for seed in SEEDS:
        samples, truth = simulate_set(activity, seed, rate_hz)
        named = count_repetitions(samples, rate_hz, SLOW[activity])
        found = count_repetitions(samples, rate_hz)
        assert named.repetitions == pytest.approx(truth, abs=1), seed
        assert found.repetitions == pytest.approx(truth, abs=1), seed


def test_bout_and_times_lie_in_the_set() -> None:
    samples, truth = simulate_set(Activity.SIT_TO_STAND, 1, 50.0)
    (bout,) = count_repetitions(samples, 50.0).bouts
    assert bout.start_s == pytest.approx(REST_S + 1.5, abs=3.0)
    assert bout.end_s == pytest.approx(REST_S + SET_S, abs=5.0)
    assert bout.confidence > 0.9
    assert len(bout.places) == truth
    times_s = count_repetitions(samples, 50.0).times_s
    assert all(bout.start_s <= moment <= bout.end_s for moment in times_s)
    assert np.diff(times_s) == pytest.approx(np.full(truth - 1, 3.4), rel=0.4)


def test_walking_counts_steps_two_a_stride() -> None:
    samples, strides = simulate_set(Activity.WALK, 5, 50.0)
    for exercise in (None, "walk-cones"):
        assert count_repetitions(samples, 50.0, exercise).repetitions == pytest.approx(
            2 * strides, abs=2
        )


@pytest.mark.parametrize("activity", [Activity.SIT_TO_STAND, Activity.LUNGE, Activity.STEP_UP])
def test_uneven_pauses_between_repetitions(activity: Activity) -> None:
    for seed in SEEDS:
        samples = simulate_paused_set(activity, seed, 50.0)
        named = count_repetitions(samples, 50.0, SLOW[activity])
        assert named.repetitions == pytest.approx(10, abs=1), seed


@pytest.mark.parametrize("activity", [Activity.SIT, Activity.STAND, Activity.TANDEM_STANCE])
def test_rest_counts_nothing(activity: Activity) -> None:
    for seed in SEEDS:
        samples, _ = simulate_set(activity, seed, 50.0)
        assert count_repetitions(samples, 50.0).repetitions == 0
        assert count_repetitions(samples, 50.0, "sit-to-stand").repetitions == 0


@pytest.mark.parametrize(
    ("activity", "exercise"),
    [
        (Activity.BAND, "shoulder-hip-abduction-band"),
        (Activity.SUPINE_CORE, "supine-draw-in"),
        (Activity.SIT, "hip-flexion-band"),
    ],
)
def test_it_can_not_tell_where_the_trunk_hardly_moves(activity: Activity, exercise: str) -> None:
    counted = count_repetitions(simulate_set(activity, 2, 50.0)[0], 50.0, exercise)
    assert counted.cant_tell is CantTell.TRUNK_HARDLY_MOVES
    assert counted.repetitions is None
    assert counted.confidence is None
    assert counted.times_s == []


def test_a_hold_has_nothing_to_count() -> None:
    counted = count_repetitions(
        simulate_set(Activity.TANDEM_STANCE, 2, 50.0)[0], 50.0, "tandem-stance"
    )
    assert (counted.repetitions, counted.cant_tell) == (None, CantTell.NOTHING_TO_COUNT)


@pytest.mark.parametrize("turns_a_minute", [45, 60, 90])
def test_pedals_do_not_count(turns_a_minute: int) -> None:
    """A cyclist by hand: each turn sways her by 260 mg and lifts her twice by 60."""
    turn = np.arange(0.0, 60.0, 0.02) * turns_a_minute / 60.0
    sway = 260.0 * np.sin(2 * np.pi * turn)
    up = 60.0 * np.sin(4 * np.pi * turn)
    samples = np.stack([-1000.0 - up, sway, 0.3 * sway], axis=1)
    samples += np.random.default_rng(4).normal(0.0, 15.0, samples.shape)
    assert count_repetitions(samples, 50.0).repetitions == 0


def test_a_repetition_that_goes_up_twice_counts_once() -> None:
    """By hand: 33 of 1.8 s, each with a slow rise and two quick ones, which are no steps."""
    turn = np.arange(0.0, 33 * 1.8, 0.02) / 1.8
    up = 350.0 * np.sin(2 * np.pi * turn) + 300.0 * np.sin(4 * np.pi * turn)
    samples = np.stack([-1000.0 - up, 0.1 * up, 0.2 * up], axis=1)
    assert count_repetitions(samples, 50.0).repetitions == pytest.approx(33, abs=1)


def test_turning_over_is_no_jump() -> None:
    """By hand: 15 turns of 2 s, by up to 120 degrees to each side, quick enough to look like
    falls and landings to whoever takes one axis for the vertical.
    """
    turn = np.arange(0.0, 30.0, 0.02) / 2.0
    angle = np.radians(120.0) * np.sin(2 * np.pi * turn)
    size = 1000.0 + 900.0 * np.cos(4 * np.pi * turn)
    samples = np.stack([-size * np.cos(angle), size * np.sin(angle), np.full(len(turn), 20.0)], 1)
    assert count_repetitions(samples, 50.0).repetitions == pytest.approx(15, abs=1)


def test_a_limp_leaves_its_steps() -> None:
    """Every other step is half as high: 100 steps in 60 s, by hand."""
    at_s = np.arange(0.0, 60.0, 0.02)
    step = at_s / 0.6
    height = np.where(np.floor(step) % 2 == 0, 400.0, 240.0)
    up = height * np.sin(2 * np.pi * step)
    samples = np.stack([-1000.0 - up, 0.1 * up, 0.2 * up], axis=1)
    assert count_repetitions(samples, 50.0).repetitions == pytest.approx(100, abs=1)
    assert count_repetitions(samples, 50.0, "walk").repetitions == pytest.approx(100, abs=1)


def test_what_was_lost_counts_nothing_and_is_told() -> None:
    samples, truth = simulate_set(Activity.SIT_TO_STAND, 1, 50.0)
    lost = samples.copy()
    lost[1500:2500] = 0.0
    counted = count_repetitions(lost, 50.0)
    assert counted.heard == pytest.approx(1 - 1000 / len(samples), abs=0.01)
    assert not [moment for moment in counted.times_s if 31.0 < moment < 49.0]
    assert counted.repetitions is not None
    assert counted.repetitions < truth


def test_however_the_strap_lies() -> None:
    """Two sets in one recording, seen by three straps that lie otherwise."""
    turns = [
        np.eye(3),
        np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
        np.diag([-1.0, -1.0, 1.0]),
    ]
    one, n_one = simulate_set(Activity.SIT_TO_STAND, 3, 50.0)
    other, n_other = simulate_set(Activity.JUMP, 3, 50.0)
    both = np.concatenate([one, other])
    for turn in turns:
        counted = count_repetitions(both @ turn, 50.0)
        assert [bout.repetitions for bout in counted.bouts] == [n_one, n_other]


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_counted_twice_where_one_thing_follows_another(seed: int) -> None:
    """Walking, then quicker steps by hand, then hops by hand: no rest, no bout over another."""
    walked, strides = simulate_set(Activity.WALK, seed, 50.0)
    at_s = np.arange(0.0, 20.0, 0.02)
    quick = 500.0 * np.sin(2 * np.pi * 2.6 * at_s)
    hops = 1100.0 * np.sin(2 * np.pi * 1.9 * at_s)
    up = -1000.0 - np.concatenate([quick, hops])
    more = np.stack([up, np.zeros(len(up)), np.full(len(up), 10.0)], axis=1)
    samples = np.concatenate([walked[: int(62.5 * 50)], more])
    counted = count_repetitions(samples, 50.0)
    for before, after in pairwise(counted.bouts):
        assert before.end_s <= after.start_s
    assert (np.diff(counted.times_s) > 0.2).all()
    assert counted.repetitions == pytest.approx(2 * strides + 52 + 38, abs=4)
