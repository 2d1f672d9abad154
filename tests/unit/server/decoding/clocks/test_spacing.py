"""How far apart samples are: rates that straps have, with and without loss."""

import numpy as np
import pytest

from server.decoding.clocks.frames import FrameTimes
from server.decoding.clocks.spacing import (
    Spacing,
    ask_spacing,
    estimate_spacing,
    measure_gaps,
    refine_spacing,
)
from tests.unit.server.decoding.clocks.frame_times import even_ms, make_frames


def at(stamps_ms: list[float], n_samples: int = 36) -> FrameTimes:
    return make_frames(stamps_ms, stamps_ms, n_samples)


def test_a_rate_without_error() -> None:
    spacing = estimate_spacing(at(even_ms(10)))
    assert spacing == Spacing(5_000_000, 1, 200)
    assert (spacing.rate_hz, spacing.is_as_asked) == (200.0, True)


@pytest.mark.parametrize("nominal_hz", [25, 26, 50, 52, 100, 104, 200, 208, 416])
@pytest.mark.parametrize("error", [-0.01, 0.01])
def test_rates_that_straps_offer_are_told_apart_with_their_error(
    nominal_hz: int, error: float
) -> None:
    each_ms = 36_000 / (nominal_hz * (1 + error))
    spacing = estimate_spacing(at(even_ms(10, each_ms=each_ms)))
    assert spacing is not None
    assert spacing.nominal_hz == nominal_hz
    assert spacing.rate_hz == pytest.approx(nominal_hz * (1 + error), rel=1e-6)
    assert spacing.is_as_asked


def test_a_real_h10s_ecg_frames() -> None:
    """phdiethelm/h10_ecg: 12,355 frames of 73 samples, mean spacing 561.3433 ms, 130.045 Hz."""
    frames = at(even_ms(200, each_ms=561.3433), n_samples=73)
    spacing = estimate_spacing(frames, ask_spacing(130))
    assert spacing is not None
    assert spacing.rate_hz == pytest.approx(130.045, abs=5e-4)
    assert spacing.is_as_asked


def test_a_rate_that_no_strap_has() -> None:
    spacing = estimate_spacing(at(even_ms(10, each_ms=36_000 / 130)))
    assert spacing is not None
    assert (spacing.nominal_hz, spacing.is_as_asked) == (None, False)


def test_two_percent_off_is_not_what_was_asked_for() -> None:
    spacing = estimate_spacing(at(even_ms(10, each_ms=36_000 / 204)), ask_spacing(200))
    assert spacing is not None
    assert (spacing.nominal_hz, spacing.is_as_asked) == (200, False)


def test_every_second_frame_lost_and_a_clock_set_back_don_t_hide_it() -> None:
    stamps_ms = even_ms(40, each_ms=360.0) + even_ms(10, from_ms=-9e6)
    assert estimate_spacing(at(stamps_ms)) == Spacing(5_000_000, 1, 200)


def test_frames_of_different_lengths() -> None:
    frames = FrameTimes(
        np.array([0, 155, 515, 670], dtype=np.int64) * 1_000_000,
        np.zeros(4, dtype=np.int64),
        np.array([36, 31, 72, 31], dtype=np.int64),
    )
    assert estimate_spacing(frames) == Spacing(5_000_000, 1, 200)


def test_what_is_expected_stands_where_frames_are_few() -> None:
    asked = ask_spacing(200)
    assert estimate_spacing(at([0.0]), None) is None
    assert estimate_spacing(at([0.0]), asked) == asked
    assert estimate_spacing(at([0.0, 360.0]), asked) == asked  # one is missing between them
    assert estimate_spacing(at(even_ms(6, each_ms=360.0)), asked) == Spacing(10_000_000, 1, 200)


def test_stamps_that_stand_still_say_nothing() -> None:
    assert estimate_spacing(at([0.0] * 9)) is None


def test_refined_by_frames_that_follow_only() -> None:
    frames = at([0.0, 181.0, 361.0, 900.0])
    follows = np.array([False, True, True, False])
    refined = refine_spacing(frames, follows, Spacing(5_000_000, 1, 200))
    assert refined == Spacing(45_125_000, 9, 200)  # 361 ms for 72
    assert refine_spacing(at([0.0]), np.array([False]), refined) == refined


@pytest.mark.parametrize(
    ("way_ms", "gap_ms", "follows"),
    [
        (180, 0, True),
        (205, 25, True),
        (206, 26, False),  # more than 25 ms
        (155, -25, True),
        (154, -26, False),
        (0, -180, False),
        (-1000, -1180, False),
        (360, 180, False),
    ],
)
def test_what_is_a_gap(way_ms: int, gap_ms: int, follows: bool) -> None:
    ways_ns = np.array([way_ms * 1_000_000], dtype=np.int64)
    gaps_ns, found = measure_gaps(ways_ns, np.array([180_000_000], dtype=np.int64))
    assert (gaps_ns.tolist(), found.tolist()) == ([gap_ms * 1_000_000], [follows])


def test_half_of_a_short_frame_is_a_gap() -> None:
    filled_ns = np.array([30_000_000] * 2, dtype=np.int64)
    _, follows = measure_gaps(np.array([45_000_000, 45_000_001], dtype=np.int64), filled_ns)
    assert follows.tolist() == [True, False]


def test_months_of_frames_fit_64_bits() -> None:
    stamps_ns = np.arange(2_000, dtype=np.int64) * (199_999_999 * 36)
    frames = FrameTimes(stamps_ns * 1_000, stamps_ns, np.full(2_000, 36_000, dtype=np.int64))
    spacing = estimate_spacing(frames, Spacing(199_999_999, 1))
    assert spacing is not None
    assert spacing.span_ns(np.array([1023])).tolist() == [1023 * 199_999_999]
