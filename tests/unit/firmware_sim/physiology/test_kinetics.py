"""Mean heart rate against the closed form of first-order kinetics."""

import math
import random

import pytest

from firmware_sim.physiology.activities import EFFORTS, Activity
from firmware_sim.physiology.circuit import Segment, Timetable, build_timetable
from firmware_sim.physiology.kinetics import HeartTraits, MeanHeartRate, draw_traits

TRAITS = HeartTraits(resting_bpm=70.0, peak_bpm=170.0, rise_s=50.0, fall_s=80.0)


def _target(activity: Activity) -> float:
    return 70.0 + 100.0 * EFFORTS[activity].intensity


def test_it_rises_by_63_per_cent_in_one_time_constant() -> None:
    mean = MeanHeartRate(Timetable([Segment(0.0, 600.0, Activity.LUNGE)]), TRAITS)
    sit, lunge = _target(Activity.SIT), _target(Activity.LUNGE)
    assert mean.at(0.0) == pytest.approx(sit)
    assert mean.at(50.0) == pytest.approx(sit + (1 - math.exp(-1)) * (lunge - sit))
    assert mean.at(600.0) == pytest.approx(lunge, abs=0.01)


def test_it_falls_more_slowly_than_it_rises() -> None:
    mean = MeanHeartRate(Timetable([Segment(0.0, 600.0, Activity.LUNGE)]), TRAITS)
    sit, lunge = _target(Activity.SIT), mean.at(600.0)
    assert mean.at(680.0) == pytest.approx(sit + math.exp(-1) * (lunge - sit))


def test_a_load_multiplies_how_hard_it_is_and_nobody_goes_beyond_her_peak() -> None:
    def settle(load: float) -> float:
        lunge = Segment(0.0, 900.0, Activity.LUNGE, load=load)
        return MeanHeartRate(Timetable([lunge]), TRAITS).at(900.0)

    assert settle(1.5) == pytest.approx(70.0 + 1.5 * (_target(Activity.LUNGE) - 70.0), abs=0.01)
    assert settle(9.0) == pytest.approx(170.0, abs=0.01)


def test_it_never_jumps() -> None:
    mean = MeanHeartRate(build_timetable(2, 0.0, 1.0), TRAITS)
    rates = [mean.at(second) for second in range(-100, 4000)]
    assert max(abs(b - a) for a, b in zip(rates, rates[1:], strict=False)) < 1.5
    assert min(rates) > 70.0
    assert max(rates) < 130.0


def test_hearts_of_women_between_30_and_55() -> None:
    for seed in range(200):
        traits = draw_traits(random.Random(seed))
        assert 149.5 <= traits.peak_bpm <= 187.0
        assert 45.0 < traits.resting_bpm < 100.0
        assert 40.0 <= traits.rise_s <= 65.0
