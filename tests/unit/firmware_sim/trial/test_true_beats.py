"""The truth about a heart, against sums worked out by hand."""

import math
import random

import pytest

from firmware_sim.physiology.activities import Activity
from firmware_sim.physiology.artefacts import ArtefactRates
from firmware_sim.trial.true_beats import BeatNotes, measure_heart


def test_ten_even_minutes_at_half_of_the_reserve() -> None:
    """120 bpm between 60 and 180: 0.86 x 10 x 0.5 x e^(1.67 x 0.5) = 9.911 AU (Banister 1991)."""
    true = measure_heart([0.5] * 2000, [(100.0, 700.0)], 60.0, 180.0)
    assert true.mean_bpm == pytest.approx(120.0)
    assert true.trimp_banister_au == pytest.approx(9.911, abs=0.001)


def test_the_mean_is_by_time_and_below_rest_nothing_counts() -> None:
    """A minute at 40, then one at 120 bpm: 80 on average, and the second alone has an impulse."""
    true = measure_heart([1.5] * 40 + [0.5] * 130, [(0.0, 120.0)], 60.0, 180.0)
    assert true.mean_bpm == pytest.approx(80.0)
    assert true.trimp_banister_au == pytest.approx(0.43 * math.exp(0.835), abs=1e-6)


def test_parts_of_intervals_and_of_the_evening_count_alone() -> None:
    """A quarter of a beat at 60, half of one at 120; then, after a hole, one and a half at 120."""
    rr_s = [1.0, 0.5, 1.0, 0.5, 0.5, 0.5]
    true = measure_heart(rr_s, [(0.75, 1.25), (2.5, 3.25)], 60.0, 180.0)
    assert true.mean_bpm == pytest.approx(60 * (0.25 + 0.5 + 1.5) / 1.25)


def test_breathing_is_no_effort() -> None:
    """120 bpm on average, by a beat faster and one slower: as of an even heart."""
    true = measure_heart([0.45, 0.55] * 700, [(0.0, 600.0)], 60.0, 180.0)
    assert true.trimp_banister_au == pytest.approx(9.911, abs=0.001)


@pytest.mark.parametrize(
    ("rates", "felt", "noted"),
    [
        (ArtefactRates(0.0, 0.0), [0.8], [0.8]),
        (ArtefactRates(0.0, 1.0), [1.6], [0.8, 0.8]),  # the strap missed one: there were two
        (ArtefactRates(1.0, 0.0), [0.52, 1.08], [0.52, 1.08]),  # the heart itself was early
    ],
)
def test_beats_that_were_are_noted(
    rates: ArtefactRates, felt: list[float], noted: list[float]
) -> None:
    notes = BeatNotes(rates, random.Random(1))
    assert [*notes.disturb(0.8, Activity.SIT)] == pytest.approx(felt)
    assert notes.rr_s == pytest.approx(noted)
