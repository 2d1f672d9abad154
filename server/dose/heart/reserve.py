"""Her own scale of heart rate: between rest and maximum, or of the maximum alone."""

from dataclasses import dataclass

import numpy as np

from server.dose.heart.hr_max import HrMax
from server.dose.heart.quality import Floats
from server.study.measured_heart import MAX_BPM, REST_BPM


@dataclass(frozen=True, slots=True)
class HeartScale:
    """Resting and maximum heart rate of one person.

    `unreliable`: her medicine or her nerves hold her heart rate back (dose-metrics 4); numbers are
    then computed and flagged. Raises ValueError with a sentence when the two contradict each other.
    """

    rest_bpm: float
    max: HrMax
    unreliable: bool = False

    def __post_init__(self) -> None:
        if self.rest_bpm >= self.max.bpm:
            raise ValueError(
                f"the resting heart rate ({self.rest_bpm:g}) is not below the maximum"
                f" ({self.max.bpm:g}); give both in bpm, as measured"
            )
        for name, value, (low, high) in (
            ("resting", self.rest_bpm, REST_BPM),
            ("maximum", self.max.bpm, MAX_BPM),
        ):
            if not low <= value <= high:
                raise ValueError(
                    f"a {name} heart rate of {value:g} is none of an adult; give {low:g} to"
                    f" {high:g} bpm"
                )


def compute_hrr(hr_bpm: Floats, scale: HeartScale) -> Floats:
    """Share of the heart-rate reserve, (n,), not clipped (Karvonen 1957)."""
    return np.asarray((hr_bpm - scale.rest_bpm) / (scale.max.bpm - scale.rest_bpm))


def compute_share_of_max(hr_bpm: Floats, scale: HeartScale) -> Floats:
    """Share of the maximum heart rate, (n,)."""
    return np.asarray(hr_bpm / scale.max.bpm)
