"""The moment of a knock to a fraction of a sample; anything but three clear ones says nothing."""

import numpy as np
import pytest
from numpy.typing import NDArray

from server.decoding.clocks.frames import Ints
from server.decoding.clocks.knock_times import find_knock_triples

UTC_NS = 1_763_800_000_000_000_001
FINE_HZ = 2000


def play(at_s: list[float], rate_hz: int) -> tuple[Ints, NDArray[np.float32]]:
    """Ten seconds of stillness with pushes of 15 ms, averaged over each sample; time of its end."""
    trace_mg = np.random.default_rng(1).normal(0, 5, (10 * FINE_HZ, 3)) + [-1000.0, 0.0, 0.0]
    shock = 3000 * np.sin(np.linspace(0, np.pi, round(0.015 * FINE_HZ)))
    for moment_s in at_s:
        first = round(moment_s * FINE_HZ)
        trace_mg[first : first + shock.size, 2] += shock
    width = FINE_HZ // rate_hz
    samples_mg = trace_mg.reshape(-1, width, 3).mean(axis=1).astype(np.float32)
    utc_ns = UTC_NS + (np.arange(len(samples_mg)) + 1) * (10**9 // rate_hz)
    return utc_ns, samples_mg


def find(at_s: list[float], rate_hz: int = 200, until_s: float = 10.0) -> list[Ints]:
    utc_ns, samples_mg = play(at_s, rate_hz)
    return find_knock_triples(utc_ns, samples_mg, UTC_NS, UTC_NS + round(until_s * 1e9))


@pytest.mark.parametrize(("rate_hz", "within_ms"), [(200, 1.0), (100, 2.0)])
@pytest.mark.parametrize("shift_ms", [0, 1, 2.5, 4, 7, 13])
def test_three_knocks_are_timed(rate_hz: int, within_ms: float, shift_ms: float) -> None:
    """The middle of a push is 7.5 ms after it began; a sample's mean lies half of one early."""
    at_s = [4 + shift_ms / 1000, 4.4 + shift_ms / 1000, 4.8 + shift_ms / 1000]
    (found,) = find(at_s, rate_hz)
    middles_ms = np.array(at_s) * 1000 + 7.5 + 500 / rate_hz
    assert (found - UTC_NS) / 1e6 == pytest.approx(middles_ms, abs=within_ms)


def test_at_50_hz_one_that_falls_between_two_samples_is_missed() -> None:
    """A push of 15 ms, halved, is no sharper than a movement: nothing is said of such three."""
    n_found = 0
    for shift_ms in range(20):
        found = find([4 + shift_ms / 1000 + 0.4 * number for number in range(3)], 50)
        n_found += len(found)
        for one in found:
            assert int(one[0] - UTC_NS) / 1e6 == pytest.approx(4017.5 + shift_ms, abs=4)
    assert 12 <= n_found < 20


def test_each_clear_triple_is_found() -> None:
    assert len(find([2.0, 2.3, 2.6, 6.0, 6.5, 7.0])) == 2


@pytest.mark.parametrize(
    "at_s",
    [
        [],
        [4.0],
        [4.0, 4.4],
        [4.0, 4.4, 4.8, 5.2],
        [4.0, 4.2, 5.0],  # uneven
        [4.0, 5.5, 7.0],  # too far apart
        [4.0, 4.05, 4.1],  # one knock that rings
        [0.3, 0.7, 1.1],  # too early to say
        [9.0, 9.3, 9.6],  # too late
    ],
)
def test_anything_else_says_nothing(at_s: list[float]) -> None:
    assert find(at_s) == []


def test_only_between_the_two_moments() -> None:
    assert find([4.0, 4.4, 4.8], until_s=5.2) == []  # no stillness was seen after them
    assert find([4.0, 4.4, 4.8], until_s=0.001) == []
    assert len(find([4.0, 4.4, 4.8], until_s=6.0)) == 1


def test_missing_samples_end_a_trace() -> None:
    utc_ns, samples_mg = play([4.0, 4.4, 4.8], 200)
    for first_s, n_found in ((4.2, 0), (3.6, 0), (2.0, 1)):
        first = round(first_s * 200)
        kept = np.delete(np.arange(2000), np.arange(first, first + 8))
        found = find_knock_triples(utc_ns[kept], samples_mg[kept], UTC_NS, UTC_NS + 10**10)
        assert len(found) == n_found
