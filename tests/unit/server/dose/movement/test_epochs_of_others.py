"""Epochs of real recordings, as GGIR computes them.

Made with R 4.2.2 and the file `R/g.applymetrics.R` of GGIR 3.3-7 (388064b), called with the
samples in g, `ws3 = 5`, `do.enmo` and `do.mad`, and printed in mg with six digits.
"""

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware_sim.strap.recording import H10_AT_REST, load_recording
from server.dose.movement.epoch_grid import EpochGrid
from server.dose.movement.epoch_stream import EpochStream
from server.dose.movement.epochs import Epochs
from tests.unit.server.dose.movement.torso import read_torso

# A Polar H10 at 200 Hz on somebody who sits.
H10_ENMO_MG = (
    0.511117, 0.181134, 0.301082, 0.244394, 0.239980, 0.451609,
    0.367259, 0.154605, 0.659361, 0.301758, 2.888426, 1.206234,
)  # fmt: skip
H10_MAD_MG = (
    7.484573, 6.340872, 6.477773, 7.681917, 6.371415, 6.926679,
    6.757267, 4.813910, 7.690300, 8.017610, 14.220030, 11.402003,
)  # fmt: skip
# Person 5 of the torso recordings at 25 Hz: the first three of sixty epochs, then the mean of all.
TORSO_MG = {
    "sitting": ((2.545589, 2.692403, 2.523274, 2.249781), (2.186960, 2.674038, 2.356911, 2.023466)),
    "walking": (
        (66.272212, 66.336852, 68.199091, 60.117798),
        (131.319815, 131.732624, 131.370961, 120.257257),
    ),
    "running": (
        (460.889632, 464.503511, 478.570424, 483.667373),
        (832.908166, 821.045832, 812.794926, 837.687238),
    ),
    "jumping": (
        (505.550489, 607.450462, 618.202479, 673.184369),
        (936.511815, 1145.846550, 1149.349900, 1217.826999),
    ),
}
ACTIVITIES = {"sitting": 1, "walking": 10, "running": 12, "jumping": 18}


def measure(samples_mg: NDArray[np.int16] | NDArray[np.float64], rate_hz: float) -> Epochs:
    stream = EpochStream(EpochGrid(rate_hz, 5.0))
    stream.add(samples_mg, 0.0)
    return stream.finish()


@pytest.mark.parametrize(("dtype", "within_mg"), [(np.float64, 1e-6), (np.int16, 1e-4)])
def test_an_h10_at_rest(dtype: type, within_mg: float) -> None:
    epochs = measure(load_recording(H10_AT_REST).acc_mg.astype(dtype), 200)
    assert epochs.enmo_mg == pytest.approx(H10_ENMO_MG, abs=within_mg)
    assert epochs.mad_mg == pytest.approx(H10_MAD_MG, abs=within_mg)


@pytest.mark.parametrize("name", TORSO_MG)
@pytest.mark.parametrize(("dtype", "within_mg"), [(np.float64, 1e-6), (np.int16, 5e-4)])
def test_a_torso_that_moves(name: str, dtype: type, within_mg: float) -> None:
    epochs = measure(read_torso(5, ACTIVITIES[name]).astype(dtype), 25)
    enmo_mg, mad_mg = TORSO_MG[name]
    assert [*epochs.enmo_mg[:3], epochs.enmo_mg.mean()] == pytest.approx(enmo_mg, abs=within_mg)
    assert [*epochs.mad_mg[:3], epochs.mad_mg.mean()] == pytest.approx(mad_mg, abs=within_mg)
