"""The detector's number of a set, as it is kept beside the trainer's. Hers counts."""

from dataclasses import dataclass

from server.dose.repetitions.counted import CantTell, Counted
from server.dose.repetitions.detector import DETECTOR_VERSION


@dataclass(frozen=True, slots=True)
class Proposal:
    """One set of one person. `proposed` is None exactly when `cant_tell` says why.

    `trainer` is what she wrote down, None where she didn't; nothing is put in its place.
    `confidence` (0 to 1) is None without any repetition; `times_s` count from the set's first
    sample; `heard` is the share of the set that the strap was heard.
    """

    exercise: str
    proposed: int | None
    cant_tell: CantTell | None
    confidence: float | None
    times_s: tuple[float, ...]
    heard: float
    trainer: int | None
    version: int = DETECTOR_VERSION

    @property
    def difference(self) -> int | None:
        """Proposed minus the trainer's; None where one of them is."""
        if self.proposed is None or self.trainer is None:
            return None
        return self.proposed - self.trainer


def propose(exercise: str, counted: Counted, trainer: int | None) -> Proposal:
    """What is kept of a counted set of this exercise."""
    return Proposal(
        exercise,
        counted.repetitions,
        counted.cant_tell,
        counted.confidence,
        tuple(counted.times_s),
        counted.heard,
        trainer,
    )
