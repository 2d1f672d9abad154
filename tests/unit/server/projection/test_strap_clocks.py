"""What is kept of a strap's clock is what was simulated: rates, slopes, losses and steps."""

import pytest

from protocol.ble import uuids
from server.projection.strap_clocks import START, StrapClocks, describe_clocks
from server.projection.strap_state import list_fits
from tests.unit.firmware_sim.strap.fakes import START_NS
from tests.unit.server.decoding.clocks.simulated_stream import (
    MS_NS,
    WALL_OFFSET_NS,
    Simulated,
    reconnect,
    set_clock,
    simulate,
)

# Stamps lie on 1/32768 s rounded up to 30,518 ns: that alone makes them run fast (ble-wire 4).
GRID_PPM = 13.8


def hear(rate_error: float = 0.004, clock_ppm: float = 0.0) -> Simulated:
    return simulate(1, clock_ppm=clock_ppm, rate_error=rate_error)


def describe(simulated: Simulated) -> StrapClocks:
    return describe_clocks("gym", "51ADA001", simulated.time())


def test_one_unbroken_clock_with_its_rate_and_delays() -> None:
    simulated = hear()
    simulated.run(60)
    told = describe(simulated)
    (one,) = told.stretches
    assert (told.gateway, told.strap, told.n_steps, told.n_lost) == ("gym", "51ADA001", 0, 0)
    assert (one.began, one.nominal_hz, one.n_lost, one.n_gaps) == (START, 200, 0, 0)
    assert one.n_samples == 36 * simulated.n_heard == 36 * one.n_frames
    taken_ns = simulated.signal.taken_ns  # some 0.4 % faster than asked for
    true_hz = (taken_ns.size - 1) / (int(taken_ns[-1] - taken_ns[0]) / 1e9)
    assert one.rate_ppm == pytest.approx((true_hz / 200 - 1) * 1e6 - GRID_PPM, abs=3)
    assert (one.slope_source, one.slope_ppm) == ("held", 0.0)  # under 40 min
    assert 0 <= one.residual_p50_ms <= one.residual_p95_ms <= one.residual_max_ms
    # The air holds a value back for 0 to 45 ms above its least.
    assert one.residual_p50_ms == pytest.approx(22, abs=8)
    assert one.residual_p95_ms == pytest.approx(43, abs=6)
    assert one.span_s == pytest.approx(60, abs=0.5)
    assert one.from_ms == pytest.approx((START_NS + WALL_OFFSET_NS) / MS_NS, abs=300)


def test_a_fitted_slope_is_the_clocks_drift() -> None:
    simulated = simulate(1, clock_ppm=-40.0, rate_error=0.0, rate_hz=25)
    simulated.run(42 * 60)
    (one,) = describe(simulated).stretches
    assert one.slope_source == "fitted"
    assert one.slope_ppm == pytest.approx(40 - GRID_PPM, abs=3)


def test_lost_frames_are_counted_inside_their_stretch() -> None:
    simulated = hear()
    simulated.run(30)
    frames = [one for one in simulated.records if one.characteristic == uuids.PMD_DATA]
    lost = {one.monotonic_ns for one in frames[100:103]}
    simulated.records = [one for one in simulated.records if one.monotonic_ns not in lost]
    told = describe(simulated)
    (one,) = told.stretches
    assert (one.n_lost, one.n_gaps, told.n_lost) == (3 * 36, 1, 3 * 36)


def test_a_step_and_a_reconnection_begin_stretches_of_their_own() -> None:
    simulated = hear()
    simulated.run(60, [(20, set_clock(241_586_764.0)), (40, reconnect)])
    told = describe(simulated)
    assert [one.began for one in told.stretches] == [START, "clock_step", "reconnect"]
    assert told.n_steps == 1
    assert "clock_step" in told.stretches[1].warnings
    assert sum(one.n_frames for one in told.stretches) == simulated.n_heard
    lossy = [one for one in simulated.records if one.characteristic == uuids.PMD_DATA][150:152]
    simulated.records = [one for one in simulated.records if one not in lossy]
    assert [one.n_lost for one in describe(simulated).stretches] == [0, 2 * 36, 0]
    fits = list_fits(told)
    assert [one.strap for one in fits] == ["51ADA001"] * 3
    assert fits[0].residual_p95_ms == told.stretches[0].residual_p95_ms


def test_a_strap_without_movement_has_no_clock() -> None:
    simulated = hear()
    simulated.records = []
    assert describe(simulated).stretches == ()
