"""Everybody's resting and maximum heart rate in a simulated study."""

from collections.abc import Sequence

from firmware_sim.evening.woman import make_woman
from firmware_sim.physiology.kinetics import HeartTraits
from firmware_sim.trial.body import draw_heart_traits


def draw_hearts(codes: Sequence[str], seed: int) -> dict[str, HeartTraits]:
    """Of each participant; at rest as her evenings have it."""
    return {
        code: draw_heart_traits(seed, code, make_woman(code, "", None, seed).resting_bpm)
        for code in codes
    }
