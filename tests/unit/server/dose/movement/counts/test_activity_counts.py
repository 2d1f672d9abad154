"""Counts as agcounts 0.2.6 (ActiGraph's own, in Python 3.11 with NumPy 2.4.6) makes them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from server.dose.movement.counts.activity_counts import (
    ActivityCounts,
    compute_counts,
    takes_rate,
)
from server.dose.movement.stretches import Stretch
from server.dose.quantity import Missing

# `agcounts.extract.get_counts(walk(rate, 185), rate, 60)`
AGCOUNTS = {
    30: [[8154, 2128, 3705], [8160, 2134, 3600], [8160, 2412, 3600]],
    50: [[8045, 2133, 3219], [8040, 2131, 3075], [8040, 2440, 3075]],
    80: [[8046, 2119, 3242], [8040, 2164, 3095], [8040, 2428, 3090]],
    100: [[8050, 2134, 3364], [8040, 2158, 3221], [8040, 2428, 3213]],
}


def triangle(n: int, period: int, peak_g: float) -> NDArray[np.float64]:
    """In whole fractions, so that every machine has the same."""
    phase = np.arange(n) % period
    return np.asarray(peak_g * (np.abs(phase - period / 2) * 4 / period - 1))


def walk(rate_hz: int, seconds: int) -> NDArray[np.float64]:
    """Simulated: steps, sway in bouts of 7 s, and shaking about 1 g."""
    n = rate_hz * seconds
    bouts = np.arange(n) // (7 * rate_hz) % 2
    return np.stack(
        [
            triangle(n, rate_hz, 0.5),
            triangle(n, 2 * rate_hz + 3, 0.3) * bouts,
            1 + triangle(n, rate_hz // 3, 0.9),
        ],
        axis=1,
    )


def count(samples_g: NDArray[np.float64], rate_hz: int) -> ActivityCounts:
    found = compute_counts([Stretch(0.0, samples_g)], rate_hz, len(samples_g) / rate_hz)
    assert isinstance(found, ActivityCounts)
    return found


@pytest.mark.parametrize("rate_hz", AGCOUNTS)
def test_counts_are_those_of_agcounts_to_the_last_one(rate_hz: int) -> None:
    found = count(walk(rate_hz, 185), rate_hz)
    assert found.counts.tolist() == AGCOUNTS[rate_hz]
    assert found.missing == (None,) * 3
    first = AGCOUNTS[rate_hz][0]
    assert found.vector_magnitude[0] == pytest.approx(sum(each**2 for each in first) ** 0.5)


@pytest.mark.parametrize("cycles_hz", [0.5, 1.0, 1.5, 2.0, 3.0])
def test_200_hz_counts_as_100_hz_does_within_one_step_a_second(cycles_hz: float) -> None:
    """Steps are whole numbers ten times a second; one more or less of 60 s is 60 counts."""
    both = []
    for rate_hz in (100, 200):
        wave = 0.5 * np.sin(2 * np.pi * cycles_hz * np.arange(rate_hz * 180) / rate_hz)
        both.append(count(np.stack([wave, 0.4 * wave, 1 + 0 * wave], axis=1), rate_hz).counts)
    assert np.abs(both[0] - both[1]).max() <= 60
    assert both[1][1, 0] > 1900


@pytest.mark.parametrize("rate_hz", [25, 52, 26, 104, 12.5, 400, 110])
def test_other_rates_have_no_counts(rate_hz: float) -> None:
    assert not takes_rate(rate_hz)
    assert compute_counts([], rate_hz, 60) is Missing.WRONG_RATE


def test_a_gap_is_not_filtered_over_and_a_minute_with_too_long_a_one_has_no_count() -> None:
    """By hand: 12 s are missing of the second minute, 13 s of the third, all of the fourth."""
    samples_g = walk(50, 300)
    pieces = [(0, 70), (82, 130), (143, 180), (240, 300)]
    stretches = [Stretch(float(start), samples_g[start * 50 : end * 50]) for start, end in pieces]
    found = compute_counts(stretches, 50, 300)
    assert isinstance(found, ActivityCounts)
    assert found.missing == (None, None, Missing.LOW_COVERAGE, Missing.NO_DATA, None)
    assert found.coverage == pytest.approx([1, 0.8, 47 / 60, 0, 1], abs=0.002)
    assert found.counts[0].tolist() == count(samples_g, 50).counts[0].tolist()
    assert np.isnan(found.counts[2:4]).all()
    assert np.isnan(found.vector_magnitude).tolist() == [False, False, True, True, False]


def test_the_end_of_a_recording_is_no_epoch() -> None:
    assert len(count(walk(50, 119), 50).counts) == 1
    assert len(count(walk(50, 59), 50).counts) == 0
