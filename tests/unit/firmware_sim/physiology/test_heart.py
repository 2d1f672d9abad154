"""Beats on whole ticks, each given once, and where the mean says."""

import random

import pytest

from firmware_sim.physiology.artefacts import ArtefactRates, Artefacts
from firmware_sim.physiology.circuit import build_timetable
from firmware_sim.physiology.heart import Heart
from firmware_sim.physiology.kinetics import MeanHeartRate, draw_traits
from firmware_sim.physiology.variability import Variability

SECOND_NS = 10**9


def _heart(rates: ArtefactRates, start_ns: int = 0) -> tuple[Heart, MeanHeartRate]:
    timetable = build_timetable(0, 0.0, 1.0)
    mean = MeanHeartRate(timetable, draw_traits(random.Random(1)))
    artefacts = Artefacts(rates, random.Random(3))
    return Heart(timetable, mean, Variability(random.Random(2)), artefacts, start_ns), mean


CLEAN = ArtefactRates(0.0, 0.0, 0.0)


def test_each_beat_is_given_once() -> None:
    at_once = _heart(CLEAN)[0].beats_until(100 * SECOND_NS)
    heart = _heart(CLEAN)[0]
    by_and_by = [rr for tenth in range(1001) for rr in heart.beats_until(tenth * SECOND_NS // 10)]
    assert by_and_by == at_once
    assert heart.beats_until(100 * SECOND_NS) == []


def test_no_beat_comes_before_its_time() -> None:
    heart = _heart(CLEAN, start_ns=77 * SECOND_NS)[0]
    rr_ticks = heart.beats_until(177 * SECOND_NS)
    assert sum(rr_ticks) <= 100 * 1024
    assert sum(rr_ticks) > 98 * 1024


def test_the_rate_is_the_mean_that_kinetics_say() -> None:
    heart, mean = _heart(CLEAN)
    for minute in range(60):
        rr_ticks = heart.beats_until((minute + 1) * 60 * SECOND_NS)
        expected = sum(mean.at(minute * 60 + s) for s in range(60)) / 60
        assert len(rr_ticks) == pytest.approx(expected, rel=0.06)


def test_artefacts_reach_the_beats() -> None:
    rr_ticks = _heart(ArtefactRates(ectopic=0.1, missed=0.0))[0].beats_until(600 * SECOND_NS)
    early = sum(b < 0.75 * a for a, b in zip(rr_ticks, rr_ticks[1:], strict=False))
    assert early > 0.05 * len(rr_ticks)


def test_looking_ahead_gives_no_beat_away() -> None:
    """The ECG needs beats before their time; reports must not."""
    heart = _heart(CLEAN)[0]
    ahead = heart.beat_times_s(5.0)
    assert ahead[-1] > 5.0
    rr_ticks = heart.beats_until(3 * SECOND_NS)
    assert sum(rr_ticks) <= 3 * 1024
