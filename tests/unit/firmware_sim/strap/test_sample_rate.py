"""Sampling rates are wrong by a little, and never by much."""

import random
import statistics

import pytest

from firmware_sim.strap.sample_rate import RATE_ERROR_LIMIT, RateWander, draw_rate_error


def test_straps_differ_by_500_ppm() -> None:
    rng = random.Random(1)
    errors = [draw_rate_error(rng) for _ in range(4000)]
    assert statistics.stdev(errors) == pytest.approx(500e-6, rel=0.05)
    assert abs(statistics.mean(errors)) < 30e-6


def test_no_strap_is_wrong_by_more_than_one_per_cent() -> None:
    wander = RateWander(0.02, random.Random(1))
    assert {wander.next_error() for _ in range(100)} == {RATE_ERROR_LIMIT}


def test_a_strap_wanders_around_its_own_error() -> None:
    wander = RateWander(300e-6, random.Random(2))
    errors = [wander.next_error() for _ in range(20_000)]
    assert statistics.mean(errors) == pytest.approx(300e-6, abs=20e-6)
    assert statistics.stdev(errors) == pytest.approx(135e-6, rel=0.15)
