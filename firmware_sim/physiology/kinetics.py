"""Mean heart rate over a session: it follows the load, up slowly and down more slowly."""

import math
import random
from bisect import bisect_right
from dataclasses import dataclass

from firmware_sim.physiology.activities import EFFORTS, Activity
from firmware_sim.physiology.circuit import Segment, Timetable


@dataclass(frozen=True, slots=True)
class HeartTraits:
    """One woman's heart. Rates in bpm, time constants in seconds."""

    resting_bpm: float
    peak_bpm: float
    rise_s: float
    fall_s: float


def draw_traits(rng: random.Random) -> HeartTraits:
    """A woman of 30 to 55 with mild MS.

    Peak rate is 208 − 0.7 × age less up to 20 bpm for chronotropic blunting; the rise is slower
    than the 30 s or so of healthy adults. Spreads are our choice.
    """
    age = rng.uniform(30.0, 55.0)
    return HeartTraits(
        resting_bpm=rng.gauss(72.0, 6.0),
        peak_bpm=208.0 - 0.7 * age - rng.uniform(0.0, 20.0),
        rise_s=rng.uniform(40.0, 65.0),
        fall_s=rng.uniform(50.0, 90.0),
    )


class MeanHeartRate:
    """First-order kinetics over a timetable, exact at any moment."""

    def __init__(self, timetable: Timetable, traits: HeartTraits) -> None:
        self._traits = traits
        self._starts_s: list[float] = []
        self._at_start_bpm: list[float] = []
        self._targets_bpm: list[float] = []
        bpm = self._seated_bpm
        for segment in timetable.segments:
            self._add(segment.starts_s, bpm, self._target_bpm(segment))
            bpm = self.at(segment.ends_s)
        self._add(timetable.segments[-1].ends_s, bpm, self._seated_bpm)

    def at(self, elapsed_s: float) -> float:
        """bpm at this moment, real seconds since the simulation's start."""
        index = max(0, bisect_right(self._starts_s, elapsed_s) - 1)
        target, begin = self._targets_bpm[index], self._at_start_bpm[index]
        tau_s = self._traits.rise_s if target > begin else self._traits.fall_s
        since_s = max(0.0, elapsed_s - self._starts_s[index])
        return target + (begin - target) * math.exp(-since_s / tau_s)

    def _add(self, starts_s: float, bpm: float, target_bpm: float) -> None:
        self._starts_s.append(starts_s)
        self._at_start_bpm.append(bpm)
        self._targets_bpm.append(target_bpm)

    @property
    def _seated_bpm(self) -> float:
        return self._settle_bpm(EFFORTS[Activity.SIT].intensity)

    def _target_bpm(self, segment: Segment) -> float:
        return self._settle_bpm(min(1.0, EFFORTS[segment.activity].intensity * segment.load))

    def _settle_bpm(self, intensity: float) -> float:
        traits = self._traits
        return traits.resting_bpm + intensity * (traits.peak_bpm - traits.resting_bpm)
