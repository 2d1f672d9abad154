import numpy as np
import pytest

from server.dose.movement.clipping import count_clipped, find_plateau_mg


def test_both_ends_of_every_axis_count_once_a_sample() -> None:
    samples = np.array([(0, 0, 1000), (2000, -2000, 0), (0, 0, -1981), (0, 1979, 0)], np.int16)
    assert count_clipped(samples, np.array([0, 2]), 2000).tolist() == [1, 1]
    assert count_clipped(samples, np.array([0, 2]), None).tolist() == [0, 0]


def wave(peak_mg: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    track = 2500 * np.sin(np.arange(200) / 9)
    return np.stack([np.clip(track, -peak_mg, peak_mg), track, track], axis=1)


def test_a_wave_that_is_cut_off_has_a_plateau_where_it_is_cut() -> None:
    assert find_plateau_mg(wave(2000)) == pytest.approx(2000)
    assert find_plateau_mg(wave(9000)) is None


def test_gravity_at_rest_and_an_axis_that_never_moves_are_no_plateau() -> None:
    assert find_plateau_mg(np.tile((0.0, 0.0, 1000.0), (50, 1))) is None
    assert find_plateau_mg(np.tile((0.0, 0.0, 2000.0), (50, 1))) is None
    assert find_plateau_mg(np.full((5, 3), np.nan)) is None
