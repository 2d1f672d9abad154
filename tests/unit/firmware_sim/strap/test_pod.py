"""The accelerometer of a pod nobody wears."""

import numpy as np

from firmware_sim.strap.pod import FACE_UP_MG, PodSignal
from firmware_sim.strap.troubles import Troubles
from tests.unit.firmware_sim.strap.fakes import CountingSignal


def test_gravity_goes_on_and_her_samples_pass_unseen() -> None:
    troubles = Troubles()
    chest = CountingSignal(3)
    pod = PodSignal(chest, troubles)
    pod.start(200, 0)
    assert pod.take(4, 1, 4)[:, 0].tolist() == [0, 1, 2, 3]
    troubles.pod_off_until_ns = 100
    assert np.unique(pod.take(4, 5, 8), axis=0).tolist() == [list(FACE_UP_MG)]
    assert pod.take(4, 101, 104)[:, 0].tolist() == [8, 9, 10, 11]
    pod.skip(2)
    assert pod.take(1, 106, 106)[:, 0].tolist() == [14]


def test_knocks_are_felt_on_her_chest_and_on_the_bench() -> None:
    troubles = Troubles(knocks_ns=(0,))
    pod = PodSignal(CountingSignal(3), troubles)
    pod.start(200, 0)
    assert pod.take(4, 5_000_000, 20_000_000)[1, 2] > 2000
    troubles.pod_off_until_ns = 100_000_000
    assert pod.take(4, 5_000_000, 20_000_000)[1, 2] > 3000
