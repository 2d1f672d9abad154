"""What the strap shows, against what a real one showed."""

import statistics

import pytest

from firmware_sim.strap.heart_average import HeartAverage
from firmware_sim.strap.recording import H10_AT_REST, load_recording


def test_nothing_felt_is_zero() -> None:
    assert HeartAverage().bpm == 0


def test_a_steady_heart_is_shown_as_it_is() -> None:
    average = HeartAverage()
    for _ in range(5):
        average.add(1024)
    assert average.bpm == 60


def test_one_byte_is_all_there_is() -> None:
    average = HeartAverage()
    average.add(150)
    assert average.bpm == 255


def test_it_follows_a_real_h10() -> None:
    """Its own bpm, from its own RR, after ten seconds of warming up."""
    average = HeartAverage()
    errors_bpm = []
    for number, report in enumerate(load_recording(H10_AT_REST).reports):
        for rr_ticks in report.rr_ticks:
            average.add(rr_ticks)
        if number > 8:
            errors_bpm.append(average.bpm - report.bpm)
    assert statistics.mean(abs(error) for error in errors_bpm) < 1.0
    assert statistics.mean(errors_bpm) == pytest.approx(0.0, abs=0.5)
