import numpy as np
import pytest

from server.dose.repetitions.counted import CantTell
from server.dose.sensed.evening_times import Interval, SetTime
from server.dose.volume.sets import DoseSet
from server.dose.volume.threefold import SetState
from server.projection.person_streams import MovementPiece
from server.projection.set_proposals import propose_sets

RATE_HZ = 50
MS = 1_000_000


def rises(seconds: float = 60) -> MovementPiece:
    """Up and down every three seconds."""
    at_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    samples = np.zeros((len(at_s), 3), dtype=np.float32)
    samples[:, 0] = -1000 - 250 * np.sin(2 * np.pi * at_s / 3)
    times = (at_s * 1e9).astype(np.int64)
    return MovementPiece("51ADA001", RATE_HZ, RATE_HZ, times, samples)


def written(exercise: str, state: SetState, unit: str = "repetitions") -> DoseSet:
    return DoseSet(
        name=f"{exercise}/1", exercise=exercise, category="agility", planned_category="agility",
        unit=unit, state=state, amount=18.0, prescribed=20.0, prescribed_unit=unit,
    )  # fmt: skip


def timed(exercise: str, until_s: float = 60) -> SetTime:
    return SetTime(f"{exercise}/1", exercise, Interval(0, round(until_s * 1000)))


def test_a_count_beside_what_somebody_saw() -> None:
    (one,) = propose_sets([rises()], [timed("sit-to-stand")],
                          [written("sit-to-stand", SetState.OBSERVED)]).values()  # fmt: skip
    assert (one.proposed, one.trainer, one.difference) == (20, 18, 2)


@pytest.mark.parametrize("state", [SetState.ASSUMED, SetState.NOT_DONE, SetState.UNKNOWN])
def test_what_nobody_saw_is_no_witness(state: SetState) -> None:
    (one,) = propose_sets([rises()], [timed("sit-to-stand")],
                          [written("sit-to-stand", state)]).values()  # fmt: skip
    assert (one.proposed, one.trainer, one.difference) == (20, None, None)


def test_an_exercise_that_hardly_moves_the_trunk_has_no_count() -> None:
    (one,) = propose_sets([rises()], [timed("hip-flexion-band")],
                          [written("hip-flexion-band", SetState.OBSERVED)]).values()  # fmt: skip
    assert (one.proposed, one.cant_tell) == (None, CantTell.TRUNK_HARDLY_MOVES)
    assert one.heard == pytest.approx(1.0)


def test_holds_other_units_and_what_was_not_heard_are_left_out() -> None:
    seen = written("sit-to-stand", SetState.OBSERVED)
    holds = written("sit-to-stand", SetState.OBSERVED, unit="seconds")
    assert propose_sets([rises()], [timed("sit-to-stand")], [holds]) == {}
    assert propose_sets([rises(4)], [timed("sit-to-stand")], [seen]) == {}
    assert propose_sets([], [timed("sit-to-stand")], [seen]) == {}
    assert propose_sets([rises()], [timed("sit-to-stand")], []) == {}
