"""What the detector says of a recording: bouts of repetitions, or that it can't tell."""

from dataclasses import dataclass
from enum import StrEnum

from server.dose.repetitions.bout import Bout
from server.dose.repetitions.trunk import RATE_HZ


class CantTell(StrEnum):
    """Why there is no number. None of these is a zero."""

    TRUNK_HARDLY_MOVES = "trunk_hardly_moves"
    NOTHING_TO_COUNT = "nothing_to_count"  # a hold


@dataclass(frozen=True, slots=True)
class Counted:
    """Bouts rise in time and don't overlap; `heard` (0 to 1) is the share of the recording that
    wasn't lost. Nothing is counted in what was lost.
    """

    bouts: tuple[Bout, ...]
    heard: float
    cant_tell: CantTell | None = None

    @property
    def repetitions(self) -> int | None:
        """None where it can't tell."""
        return None if self.cant_tell else sum(bout.repetitions for bout in self.bouts)

    @property
    def times_s(self) -> list[float]:
        """The middle of each repetition, from the recording's first sample."""
        return [float(place) / RATE_HZ for bout in self.bouts for place in bout.places]

    @property
    def confidence(self) -> float | None:
        """0 to 1, each repetition weighing alike; None without any."""
        if not self.times_s:
            return None
        weighed = sum(bout.confidence * bout.repetitions for bout in self.bouts)
        return weighed / len(self.times_s)
