import numpy as np

from firmware_sim.physiology.activities import Activity
from server.dose.repetitions.counted import CantTell
from server.dose.repetitions.detector import DETECTOR_VERSION, count_repetitions
from server.dose.repetitions.proposal import propose
from tests.unit.server.dose.repetitions.chest_sets import simulate_set


def test_both_numbers_are_kept_and_the_trainers_is_not_changed() -> None:
    samples, truth = simulate_set(Activity.SIT_TO_STAND, 1, 50.0)
    kept = propose("sit-to-stand", count_repetitions(samples, 50.0, "sit-to-stand"), truth + 2)
    assert (kept.proposed, kept.trainer, kept.difference) == (truth, truth + 2, -2)
    assert kept.version == DETECTOR_VERSION
    assert len(kept.times_s) == truth
    assert kept.confidence is not None
    assert 0.8 < kept.confidence <= 1.0


def test_without_one_of_them_there_is_no_difference() -> None:
    still = np.tile([-1000.0, 5.0, 8.0], (1500, 1))
    cant = propose("hip-flexion-band", count_repetitions(still, 50.0, "hip-flexion-band"), 10)
    assert (cant.proposed, cant.difference) == (None, None)
    assert cant.cant_tell is CantTell.TRUNK_HARDLY_MOVES
    unseen = propose("sit-to-stand", count_repetitions(still, 50.0, "sit-to-stand"), None)
    assert (unseen.proposed, unseen.trainer, unseen.difference) == (0, None, None)
