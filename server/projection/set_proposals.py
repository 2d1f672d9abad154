"""The detector's count of each set that her strap was heard in, beside the trainer's. Pure."""

from collections.abc import Sequence
from typing import Final

from server.dose.repetitions.counted import CantTell, Counted
from server.dose.repetitions.detector import count_repetitions
from server.dose.repetitions.exercises import TrunkMotion, find_motion
from server.dose.repetitions.proposal import Proposal, propose
from server.dose.sensed.evening_times import SetTime
from server.dose.volume.sets import REPETITIONS, DoseSet
from server.dose.volume.threefold import SetState
from server.projection.person_streams import MovementPiece
from server.projection.set_samples import EvenSamples, cut_interval

LEAST_HEARD_S: Final = 5.0  # of a set of a minute; the detector itself needs one second


def propose_sets(
    pieces: Sequence[MovementPiece], times: Sequence[SetTime], sets: Sequence[DoseSet]
) -> dict[str, Proposal]:
    """By the set's name, of sets that are counted in repetitions; hers stays what counts.

    Only what somebody saw is compared with: a number that was assumed is no witness.
    """
    written = {one.name: one for one in sets}
    found: dict[str, Proposal] = {}
    for one in times:
        told = written.get(one.name)
        if told is None or told.unit != REPETITIONS:
            continue
        even = cut_interval(pieces, one.work)
        if even is not None and even.heard_s >= LEAST_HEARD_S:
            counted = _count(even, told.exercise)
            found[one.name] = propose(told.exercise, counted, _read_trainer(told))
    return found


def _count(even: EvenSamples, exercise: str) -> Counted:
    """Sets that hardly move a trunk aren't searched for clear ones: a quarter of an evening."""
    if find_motion(exercise) is TrunkMotion.HARDLY:
        heard = even.heard_s * even.rate_hz / len(even.samples_mg)
        return Counted((), heard, CantTell.TRUNK_HARDLY_MOVES)
    return count_repetitions(even.samples_mg, even.rate_hz, exercise)


def _read_trainer(told: DoseSet) -> int | None:
    if told.state is not SetState.OBSERVED or told.amount is None:
        return None
    return round(told.amount)
