"""Countermovement jumps are SIMULATED until labelled recordings of them exist."""

import numpy as np
import pytest

from server.dose.repetitions.detector import count_repetitions
from tests.unit.server.dose.repetitions.jumping import Jumper, simulate_jumps

JUMPERS = {
    "usual": Jumper(),
    "without rest": Jumper(rest_s=(0.0, 0.5)),
    "even": Jumper(rest_s=(0.8, 1.2)),
    "low": Jumper(flight_s=(0.12, 0.22), dip_g=(0.15, 0.4)),
    "deep": Jumper(dip_g=(0.6, 0.95)),
    "bouncing": Jumper(bounce=0.9),
    "leaning, strap askew": Jumper(tilt_deg=35.0, lean_deg=40.0),
}
WINDOWS = 10


@pytest.mark.parametrize("exercise", [None, "vertical-jump"])
@pytest.mark.parametrize("rate_hz", [25.0, 52.0, 200.0])
@pytest.mark.parametrize("name", JUMPERS)
def test_nine_of_ten_windows_of_30_s_are_within_one(
    name: str, rate_hz: float, exercise: str | None
) -> None:
    off = []
    for seed in range(WINDOWS):
        rng = np.random.default_rng(seed)
        samples, take_offs = simulate_jumps(rng, rate_hz, 30.0, JUMPERS[name])
        counted = count_repetitions(samples, rate_hz, exercise)
        assert counted.repetitions is not None
        off.append(counted.repetitions - len(take_offs))
    assert np.mean(np.abs(off) <= 1) >= 0.9, off
    assert abs(np.mean(off)) <= 0.5, off  # neither each peak nor every other jump


def test_a_jump_is_told_at_its_flight() -> None:
    samples, take_offs = simulate_jumps(np.random.default_rng(3), 50.0, 30.0, Jumper(bounce=0.0))
    times_s = count_repetitions(samples, 50.0, "jump").times_s
    flights_s = np.array(times_s) - np.array(take_offs)
    assert (flights_s > 0.0).all()
    assert (flights_s < 0.5).all()


def test_the_bounce_at_a_landing_is_no_jump() -> None:
    still = Jumper(bounce=0.0, rest_s=(1.5, 2.5))
    bouncing = Jumper(bounce=1.0, rest_s=(1.5, 2.5))
    for jumper in (still, bouncing):
        samples, take_offs = simulate_jumps(np.random.default_rng(11), 100.0, 30.0, jumper)
        assert count_repetitions(samples, 100.0, "jump").repetitions == len(take_offs)


def test_hops_each_count() -> None:
    """Two a second, by hand: a flight of 0.25 s, then 2 g more for 0.25 s; 20 of them."""
    hop = np.concatenate([np.full(12, -1000.0), np.full(13, 2000.0 * 12 / 26)])
    up = 1000.0 + np.concatenate([np.zeros(100), np.tile(hop, 20), np.zeros(100)])
    samples = np.stack([-up, 0 * up + 5.0, 0 * up - 5.0], axis=1)
    assert count_repetitions(samples, 50.0).repetitions == pytest.approx(20, abs=1)
    assert count_repetitions(samples, 50.0, "hop-marks").repetitions == pytest.approx(20, abs=1)


def test_a_knock_is_no_jump() -> None:
    samples = np.tile([-1000.0, 5.0, 8.0], (1500, 1))
    samples[700] = [3000.0, 900.0, -400.0]
    samples[702] = [-3000.0, 0.0, 0.0]
    assert count_repetitions(samples, 50.0).repetitions == 0


def test_a_row_of_zeros_is_no_flight() -> None:
    """Drop-outs of a real recording of hopping, which looked like flights."""
    samples = np.tile([-1000.0, 5.0, 8.0], (1500, 1))
    rng = np.random.default_rng(1)
    samples += rng.normal(0.0, 300.0, samples.shape)
    samples[200:212] = samples[500:515] = samples[800:820] = 0.0
    assert count_repetitions(samples, 50.0, "jump").repetitions == 0
