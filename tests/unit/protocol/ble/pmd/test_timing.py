from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.ble.pmd.timing import (
    place_samples,
    sample_times_at_rate,
    sample_times_between,
)
from protocol.errors import SampleTimeError

H10_STAMP_NS = 599618164814402794  # polar-ble-sdk, online_measurement.pdf
FRAME_NS = 180_000_000  # 36 samples at 200 Hz
SPACING_NS = 5_000_000


@given(
    stamp=st.integers(10**17, 2**63),
    span=st.integers(1, 10**10),
    n=st.integers(1, 100),
)
def test_times_between_two_stamps_are_exact_to_half_a_nanosecond(
    stamp: int, span: int, n: int
) -> None:
    """Against fractions: a float can't tell such stamps 64 ns apart."""
    times = sample_times_between(stamp - span, stamp, n)
    assert len(times) == n
    assert times[-1] == stamp
    for i, time in enumerate(times, 1):
        assert abs(time - (stamp - span + Fraction(span * i, n))) <= Fraction(1, 2)


@given(stamp=st.integers(10**17, 2**63), rate=st.integers(1, 2000), n=st.integers(1, 100))
def test_times_at_a_rate_end_at_the_stamp(stamp: int, rate: int, n: int) -> None:
    times = sample_times_at_rate(stamp, n, rate)
    assert times[-1] == stamp
    for back, time in enumerate(reversed(times)):
        assert abs(stamp - time - Fraction(back * 10**9, rate)) <= Fraction(1, 2)


def test_what_cant_be_placed_is_refused() -> None:
    with pytest.raises(SampleTimeError, match="no rate"):
        sample_times_at_rate(10**9, 1, 0)
    with pytest.raises(SampleTimeError, match="1 ns before the strap's clock"):
        sample_times_at_rate(SPACING_NS - 1, 2, 200)
    assert sample_times_at_rate(SPACING_NS, 2, 200) == (0, SPACING_NS)
    for late in (10, 11):
        with pytest.raises(SampleTimeError, match="isn't after"):
            sample_times_between(late, 10, 3)
        with pytest.raises(SampleTimeError, match="isn't after"):
            place_samples(late, 10, 3, SPACING_NS)
    for n, interval, n_intervals in ((0, 1, 1), (1, 0, 1), (1, 1, 0)):
        with pytest.raises(SampleTimeError, match="above zero"):
            place_samples(1, 2, n, interval, n_intervals)
    assert place_samples(1, 2, 1, 1, 1).times_ns == (2,)


def test_a_slow_clock_is_followed() -> None:
    """1 % slow: the samples fill the time between the stamps."""
    placed = place_samples(H10_STAMP_NS, H10_STAMP_NS + 181_800_000, 36, SPACING_NS)
    assert placed.n_lost == 0
    assert placed.times_ns[0] == H10_STAMP_NS + 5_050_000


@pytest.mark.parametrize("n_lost_frames", [1, 2, 30])
def test_lost_frames_are_counted_and_not_stretched_over(n_lost_frames: int) -> None:
    stamp = H10_STAMP_NS + FRAME_NS * (1 + n_lost_frames)
    placed = place_samples(H10_STAMP_NS, stamp, 36, SPACING_NS)
    assert placed.n_lost == 36 * n_lost_frames
    assert placed.times_ns[0] == stamp - 35 * SPACING_NS


def test_the_limits_of_loss() -> None:
    """Half a short frame, 25 ms of a long one: at the limit the clock is followed, beyond not."""
    short = [place_samples(0, 15_000_000 + extra, 2, SPACING_NS).n_lost for extra in (0, 1)]
    assert short == [0, 1]
    long = [
        place_samples(0, FRAME_NS + 25_000_000 + extra, 36, SPACING_NS).n_lost for extra in (0, 1)
    ]
    assert long == [0, 5]


def test_stamps_too_early_are_negative_loss() -> None:
    placed = place_samples(H10_STAMP_NS, H10_STAMP_NS + 20_000_000, 36, SPACING_NS)
    assert placed.n_lost == -32
    assert placed.times_ns[0] == H10_STAMP_NS + 20_000_000 - 35 * SPACING_NS


def test_a_spacing_may_be_a_fraction() -> None:
    """ECG at 130 Hz: 1e9/130 ns; 73 samples and one frame lost."""
    stamp = H10_STAMP_NS + 146 * 10**9 // 130
    placed = place_samples(H10_STAMP_NS, stamp, 73, 10**9, 130)
    assert placed.n_lost == 73
    assert placed.times_ns[0] == stamp - 553846154  # 72/130 s, rounded
    # 25 ms is the limit for it too: 561 538 461.5 ns and that much are followed, 1 ms more not.
    limit = H10_STAMP_NS + 586_538_461
    late = [place_samples(H10_STAMP_NS, limit + ms * 10**6, 73, 10**9, 130) for ms in (0, 1)]
    assert [times.n_lost for times in late] == [0, 3]
