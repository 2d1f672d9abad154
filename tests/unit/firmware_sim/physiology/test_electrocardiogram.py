"""An R wave at every beat."""

import random

import numpy as np

from firmware_sim.physiology.artefacts import ArtefactRates, Artefacts
from firmware_sim.physiology.circuit import build_timetable
from firmware_sim.physiology.electrocardiogram import electrocardiogram_uv
from firmware_sim.physiology.heart import Heart
from firmware_sim.physiology.kinetics import MeanHeartRate, draw_traits
from firmware_sim.physiology.variability import Variability


def test_r_waves_stand_where_the_beats_are() -> None:
    timetable = build_timetable(0, 0.0, 1.0)
    mean = MeanHeartRate(timetable, draw_traits(random.Random(1)))
    artefacts = Artefacts(ArtefactRates(0.0, 0.0), random.Random(1))
    heart = Heart(timetable, mean, Variability(random.Random(1)), artefacts, 0)
    elapsed_s = np.arange(0.3, 20.0, 1 / 130)
    ecg_uv = electrocardiogram_uv(heart, elapsed_s)
    is_peak = (ecg_uv[1:-1] > 700) & (ecg_uv[1:-1] >= ecg_uv[:-2]) & (ecg_uv[1:-1] > ecg_uv[2:])
    peaks_s = elapsed_s[1:-1][is_peak]
    beats_s = [beat for beat in heart.beat_times_s(20.0) if 0.31 < beat < 19.99]
    assert len(peaks_s) == len(beats_s)
    assert np.abs(peaks_s - np.array(beats_s)).max() < 0.01
