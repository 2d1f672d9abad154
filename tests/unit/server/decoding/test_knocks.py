"""Sharpness of samples, shocks among them, and three that stand alone."""

import numpy as np

from server.decoding.knocks import Floats, are_three_knocks, compute_sharpness, find_knocks

SPACING_S = 0.005


def spikes(at: list[int], n: int = 800, height_mg: float = 1000.0) -> Floats:
    sharpness_mg = np.zeros(n)
    sharpness_mg[at] = height_mg
    return sharpness_mg


def test_a_sample_is_as_sharp_as_it_stands_out_within_20_ms() -> None:
    samples_mg = np.zeros((20, 3))
    samples_mg[10] = [0.0, 600.0, 800.0]
    sharpness_mg = compute_sharpness(samples_mg, SPACING_S)
    assert sharpness_mg[10] == 1000.0
    assert sharpness_mg[[6, 14]].tolist() == [500.0, 500.0]  # half of what is 20 ms away
    assert sharpness_mg[[0, 3, 7, 9, 11, 19]].tolist() == [0.0] * 6


def test_a_slow_movement_is_not_sharp() -> None:
    samples_mg = np.linspace(0, 3000, 200)[:, None] * np.ones(3)
    assert compute_sharpness(samples_mg, SPACING_S).max() < 1e-9


def test_too_short_or_without_spacing() -> None:
    assert compute_sharpness(np.ones((4, 3)), SPACING_S).tolist() == [0.0] * 4
    assert compute_sharpness(np.empty((0, 3)), 0.0).tolist() == []


def test_shocks_within_a_tenth_of_a_second_are_one_knock() -> None:
    sharpness_mg = spikes([100, 300])
    sharpness_mg[110] = 1500.0  # the sharpest of the first
    sharpness_mg[400] = 499.0
    assert find_knocks(sharpness_mg, SPACING_S) == [110, 300]


def test_three_that_stand_alone() -> None:
    places = [300, 380, 460]
    assert are_three_knocks(spikes(places), places, SPACING_S)
    assert not are_three_knocks(spikes([300, 320, 340]), [300, 320, 340], SPACING_S)
    assert not are_three_knocks(spikes([200, 400, 600]), [200, 400, 600], SPACING_S)
    assert not are_three_knocks(spikes([300, 340, 440]), [300, 340, 440], SPACING_S)  # uneven


def test_whatever_is_a_third_as_sharp_around_them_spoils_it() -> None:
    places = [300, 380, 460]
    for at, height_mg, clear in ((200, 340.0, True), (200, 360.0, False), (100, 900.0, True)):
        sharpness_mg = spikes(places)
        sharpness_mg[at] = height_mg
        assert are_three_knocks(sharpness_mg, places, SPACING_S) is clear


def test_a_trace_that_ends_too_early_says_nothing() -> None:
    places = [159, 239, 319]
    assert not are_three_knocks(spikes(places), places, SPACING_S)
    places = [300, 380, 460]
    assert not are_three_knocks(spikes(places, n=620), places, SPACING_S)
    assert are_three_knocks(spikes(places, n=621), places, SPACING_S)
