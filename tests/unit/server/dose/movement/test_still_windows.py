import numpy as np
import pytest

from server.dose.movement.still_windows import find_still_windows


def rest(
    seconds: int, sd_g: float, seed: int = 1
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.random.default_rng(seed).normal((0, 0.6, 0.8), sd_g, (seconds * 50, 3))


def test_a_window_is_still_below_13_mg_on_every_axis() -> None:
    samples = np.concatenate([rest(10, 0.012), rest(10, 0.014), rest(10, 0.003)])
    still_g = find_still_windows(samples, 50)
    assert still_g == pytest.approx(np.tile((0, 0.6, 0.8), (2, 1)), abs=0.003)


def test_one_restless_axis_is_enough() -> None:
    samples = rest(10, 0.003)
    samples[:, 2] = rest(10, 0.02)[:, 2]
    assert len(find_still_windows(samples, 50)) == 0


def test_what_may_be_clipped_or_is_missing_is_left_out() -> None:
    assert len(find_still_windows(rest(10, 0.003) * 3, 50)) == 0
    holey = rest(20, 0.003)
    holey[20] = np.nan
    assert len(find_still_windows(holey, 50)) == 1


def test_a_short_rest_is_no_window() -> None:
    assert len(find_still_windows(rest(9, 0.003), 50)) == 0
    assert len(find_still_windows(rest(9, 0.003), 50, window_s=2)) == 4
