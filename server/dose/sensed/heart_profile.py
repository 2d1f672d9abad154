"""What her heart rates are measured against; each part is missing until it was measured."""

from dataclasses import dataclass

from server.dose.heart.reserve import HeartScale
from server.dose.heart.trimp import Sex, Thresholds


@dataclass(frozen=True, slots=True)
class HeartProfile:
    """`scale` None: her resting or maximum heart rate isn't known."""

    scale: HeartScale | None = None
    sex: Sex = "female"  # as the study includes
    thresholds: Thresholds | None = None


UNKNOWN_PROFILE = HeartProfile()
