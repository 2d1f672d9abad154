"""A clock's fit: where frames end, how late they came, what to warn of."""

import numpy as np
import pytest

from server.decoding.clocks.fit import ClockWarning, fit_clock, summarise_fit
from server.decoding.clocks.frames import NS_PER_MS, FrameTimes
from server.decoding.clocks.slope import SlopeSource
from tests.unit.server.decoding.clocks.frame_times import (
    ARRIVAL_NS,
    FIRST_STAMP_NS,
    even_ms,
    make_frames,
)


def warnings_of(frames: FrameTimes) -> tuple[ClockWarning, ...]:
    clock = fit_clock(frames)
    return summarise_fit(frames, clock.ends_ns, clock).warnings


def test_the_offset_is_there_with_the_first_frame() -> None:
    frames = make_frames([0], [7])
    clock = fit_clock(frames)
    assert clock.ends_ns.tolist() == [ARRIVAL_NS + 7 * NS_PER_MS]
    fit = summarise_fit(frames, clock.ends_ns, clock)
    assert fit.offset_ns == ARRIVAL_NS + 7 * NS_PER_MS - FIRST_STAMP_NS
    assert (fit.n, fit.span_ms, fit.residual_max_ms) == (1, 0.0, 0.0)
    assert fit.warnings == (ClockWarning.TOO_SHORT,)


def test_residuals_by_hand() -> None:
    """Delays 5, 15, … 45 ms: 0 to 40 ms above the least; 0.1 ms for a second of drift at most."""
    sent = even_ms(5, each_ms=0.001)
    frames = make_frames(sent, [one + 5 + 10 * at for at, one in enumerate(sent)])
    clock = fit_clock(frames)
    fit = summarise_fit(frames, clock.ends_ns, clock)
    assert fit.residual_p50_ms == pytest.approx(20, abs=1e-3)
    assert fit.residual_p95_ms == pytest.approx(38, abs=1e-3)
    assert fit.residual_max_ms == pytest.approx(40, abs=1e-3)
    assert (fit.slope_ppm, fit.slope_source) == (0.0, SlopeSource.HELD)


def test_a_carried_slope_is_followed_between_arrivals() -> None:
    """40 ppm over 100 s are 4 ms; the frame in between came a second late.

    It says little: 2 ms of slope in 50 s, and 2.5 ms that a carried one may be wrong by.
    """
    frames = make_frames([0, 50_000, 100_000], [5, 51_007, 100_009])
    clock = fit_clock(frames, carried_ppb=40_000)
    assert (clock.ends_ns - ARRIVAL_NS).tolist() == [5_000_000, 50_009_500_000, 100_009_000_000]
    fit = summarise_fit(frames, clock.ends_ns, clock)
    assert (fit.slope_ppm, fit.slope_source) == (40.0, SlopeSource.CARRIED)
    assert fit.residual_max_ms == 997.5


def test_a_good_fit_warns_of_nothing() -> None:
    sent = even_ms(400)
    assert warnings_of(make_frames(sent, [one + 5 for one in sent])) == ()


def test_arrivals_that_lie_along_no_line() -> None:
    """Most of them come some 0.4 s late."""
    sent = even_ms(400)
    late_ms = np.random.default_rng(3).uniform(0, 800, 400)
    arrivals = np.maximum.accumulate(np.array(sent) + late_ms).tolist()
    assert warnings_of(make_frames(sent, arrivals)) == (ClockWarning.BAD_FIT,)


@pytest.mark.parametrize("drift_ppm", [150, -150, 1000])
def test_a_clock_that_parts_faster_than_any_crystal(drift_ppm: float) -> None:
    sent = even_ms(600)
    arrivals = [one * (1 + drift_ppm / 1e6) + 5 for one in sent]
    assert warnings_of(make_frames(sent, arrivals)) == (ClockWarning.BAD_FIT,)


@pytest.mark.parametrize("drift_ppm", [64, -64])
def test_a_clock_as_wrong_as_they_are(drift_ppm: float) -> None:
    sent = even_ms(600)
    arrivals = [one * (1 + drift_ppm / 1e6) + 5 for one in sent]
    assert warnings_of(make_frames(sent, arrivals)) == ()
