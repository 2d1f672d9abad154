"""Figures of a real H10: wire reference, section 4."""

import pytest

from firmware_sim.strap.device_clock import POWER_ON_STAMP_NS, STAMP_TICK_NS, DeviceClock

FIRST_CAPTURED_NS = 599_616_554_640_998_550


def test_b4_it_starts_in_2019() -> None:
    assert POWER_ON_STAMP_NS == 6940 * 86_400 * 10**9  # days from 2000-01-01 to 2019-01-01
    assert DeviceClock(77, 0).stamp_ns(77) == POWER_ON_STAMP_NS


def test_b4_the_first_captured_stamp_lies_on_the_grid() -> None:
    assert (FIRST_CAPTURED_NS - POWER_ON_STAMP_NS) % STAMP_TICK_NS == 0
    assert (FIRST_CAPTURED_NS - POWER_ON_STAMP_NS) // STAMP_TICK_NS == 18_174_225


def test_b4_stamps_lie_on_the_grid_and_round_up() -> None:
    clock = DeviceClock(0, 0)
    assert clock.stamp_ns(1) == POWER_ON_STAMP_NS + STAMP_TICK_NS
    assert clock.stamp_ns(30_517) == POWER_ON_STAMP_NS + STAMP_TICK_NS
    assert clock.stamp_ns(30_518) == POWER_ON_STAMP_NS + 2 * STAMP_TICK_NS


@pytest.mark.parametrize(("error_ppb", "ppm"), [(0, 13.8), (20_000, 33.8), (-20_000, -6.2)])
def test_b4_an_hour_drifts_by_the_crystal_and_the_grid(error_ppb: int, ppm: float) -> None:
    hour_ns = 3600 * 10**9
    gained_ns = DeviceClock(0, error_ppb).stamp_ns(hour_ns) - POWER_ON_STAMP_NS - hour_ns
    assert gained_ns / hour_ns * 1e6 == pytest.approx(ppm, abs=0.05)


def test_b4_a_host_moves_it_and_a_shutdown_takes_it_back() -> None:
    clock = DeviceClock(0, 0)
    clock.step(241_586_764 * 10**9)
    assert clock.stamp_ns(0) == POWER_ON_STAMP_NS + 241_586_764 * 10**9
    clock.power_on(10**9)
    assert clock.stamp_ns(10**9) == POWER_ON_STAMP_NS
