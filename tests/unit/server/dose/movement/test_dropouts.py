import numpy as np
import pytest

from server.dose.movement.dropouts import count_shortest_dropout, find_dropouts


@pytest.mark.parametrize(("rate_hz", "shortest"), [(200, 20), (100, 10), (25, 2), (5, 2)])
def test_a_tenth_of_a_second_in_samples(rate_hz: float, shortest: int) -> None:
    assert count_shortest_dropout(rate_hz) == shortest


@pytest.mark.parametrize("start", range(12))
def test_a_run_is_found_wherever_it_begins(start: int) -> None:
    samples = np.ones((20, 3), np.int16)
    samples[start : start + 4] = 0
    found = find_dropouts(samples, 4)
    assert found is not None
    assert np.flatnonzero(found).tolist() == list(range(start, start + 4))


def test_shorter_runs_and_zeros_on_some_axes_are_samples() -> None:
    samples = np.ones((20, 3), np.int16)
    samples[3:6] = 0
    samples[8:18, :2] = 0
    assert find_dropouts(samples, 4) is None
    assert find_dropouts(samples[:0], 4) is None


def test_only_the_long_run_is_a_dropout() -> None:
    samples = np.ones((30, 3))
    samples[2:5] = 0
    samples[10:16] = 0
    found = find_dropouts(samples, 4)
    assert found is not None
    assert np.flatnonzero(found).tolist() == list(range(10, 16))
