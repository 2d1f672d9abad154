"""A plain ECG drawn around the beats: P, QRS and T as bell curves."""

import numpy as np

from firmware_sim.physiology.heart import Heart
from firmware_sim.physiology.templates import FloatArray

# (peak relative to R in s, width in s, height in µV): a usual lead-I-like shape, not measured.
_WAVES = (
    (-0.16, 0.022, 90.0),
    (-0.026, 0.009, -120.0),
    (0.0, 0.010, 1150.0),
    (0.028, 0.010, -260.0),
    (0.26, 0.045, 240.0),
)
_REACH_S = 0.5  # no wave reaches further than this from its beat
_BASELINE_UV = 40.0
_BASELINE_HZ = 0.27


def electrocardiogram_uv(heart: Heart, elapsed_s: FloatArray) -> FloatArray:
    """(n,) µV at (n,) rising moments, real seconds since the simulation's start."""
    beats = np.array(heart.beat_times_s(float(elapsed_s[-1]) + _REACH_S))
    near = beats[(beats > elapsed_s[0] - _REACH_S) & (beats < elapsed_s[-1] + _REACH_S)]
    baseline = _BASELINE_UV * np.sin(2 * np.pi * _BASELINE_HZ * elapsed_s)
    since_s = elapsed_s[:, None] - near[None, :]
    waves = sum(
        height * np.exp(-0.5 * ((since_s - peak) / width) ** 2) for peak, width, height in _WAVES
    )
    return np.asarray(baseline + np.sum(waves, axis=1))
