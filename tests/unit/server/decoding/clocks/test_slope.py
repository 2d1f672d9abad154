"""A slope is held, carried or fitted: forty minutes are enough, a fifth of bursts don't matter."""

import numpy as np
import pytest

from server.decoding.clocks.frames import NS_PER_MS, NS_PER_S, Ints
from server.decoding.clocks.slope import Slope, SlopeSource, choose_slope

MINUTE_NS = 60 * NS_PER_S


def hear(minutes: float, drift_ppm: float, seed: int = 1) -> tuple[Ints, Ints]:
    """Stamps of a frame each 0.18 s, and arrival minus stamp with delays of 6 to 51 ms."""
    stamps_ns = np.arange(0, round(minutes * MINUTE_NS), 180 * NS_PER_MS, dtype=np.int64)
    delays_ms = np.random.default_rng(seed).uniform(6, 51, stamps_ns.size)
    drift_ns = stamps_ns * drift_ppm / 1e6
    return stamps_ns + 6 * 10**17, -6 * 10**17 + np.rint(drift_ns + delays_ms * NS_PER_MS).astype(
        np.int64
    )


@pytest.mark.parametrize("minutes", [0.01, 5, 39.9])
def test_below_forty_minutes_it_is_held_or_carried(minutes: float) -> None:
    stamps_ns, excess_ns = hear(minutes, 50)
    assert choose_slope(stamps_ns, excess_ns, None) == Slope(0, SlopeSource.HELD)
    assert choose_slope(stamps_ns, excess_ns, 21_000) == Slope(21_000, SlopeSource.CARRIED)
    assert Slope(0, SlopeSource.HELD).known_ppb is None
    assert Slope(21_000, SlopeSource.CARRIED).known_ppb == 21_000


@pytest.mark.parametrize("drift_ppm", [-50, 0, 20, 50])
@pytest.mark.parametrize("minutes", [41, 300])
def test_from_forty_minutes_on_it_is_fitted(minutes: int, drift_ppm: float) -> None:
    slope = choose_slope(*hear(minutes, drift_ppm), carried_ppb=99_000)
    assert slope.source is SlopeSource.FITTED
    assert slope.ppb == pytest.approx(drift_ppm * 1000, abs=500)
    assert slope.known_ppb == slope.ppb


def test_a_fifth_of_the_time_in_bursts_doesn_t_move_it() -> None:
    stamps_ns, excess_ns = hear(60, 30)
    n = stamps_ns.size
    excess_ns[n // 2 : n // 2 + n // 5] += 800 * NS_PER_MS
    assert choose_slope(stamps_ns, excess_ns, None).ppb == pytest.approx(30_000, abs=500)


def test_no_crystal_is_that_wrong() -> None:
    assert choose_slope(*hear(50, 1_000), carried_ppb=None) == Slope(0, SlopeSource.HELD)


def test_two_frames_forty_minutes_apart_are_no_data() -> None:
    stamps_ns, excess_ns = hear(50, 30)
    ends = [0, 1, -2, -1]
    slope = choose_slope(stamps_ns[ends], excess_ns[ends], None)
    assert slope.source is SlopeSource.HELD
