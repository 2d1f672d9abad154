"""A stretch of repetitions, found by one of the three ways to look for them."""

from dataclasses import dataclass
from enum import StrEnum

from server.dose.repetitions.trunk import RATE_HZ, FloatArray


class Motion(StrEnum):
    """How a trunk moves in it."""

    STEPS = "steps"  # up and down at a step's pace: walking, running, hopping
    JUMPS = "jumps"  # each with a flight, and rest between
    CYCLES = "cycles"  # slow, and each like the one before: sit-to-stand, squat, lunge, step-up


@dataclass(frozen=True, slots=True)
class Bout:
    """`places` are samples at RATE_HZ, one a repetition, rising; `first` up to `last` is the bout.

    `confidence` (0 to 1) is how alike its repetitions are.
    """

    motion: Motion
    first: int
    last: int
    places: FloatArray
    confidence: float

    @property
    def repetitions(self) -> int:
        return len(self.places)

    @property
    def start_s(self) -> float:
        return self.first / RATE_HZ

    @property
    def end_s(self) -> float:
        return self.last / RATE_HZ
