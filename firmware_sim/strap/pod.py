"""The accelerometer inside a pod: on her chest or on nobody's, and knocked on."""

import numpy as np

from firmware_sim.strap.knocks import add_knocks
from firmware_sim.strap.troubles import Troubles
from firmware_sim.strap.wearer import IntArray, SampledSignal

FACE_UP_MG = (0, 0, 1000)  # lying on a bench


class PodSignal:
    """The wearer's chest while the pod is on; plain gravity, streamed all the same, while off."""

    def __init__(self, chest_mg: SampledSignal, troubles: Troubles) -> None:
        self._chest_mg = chest_mg
        self._troubles = troubles

    def start(self, rate_hz: int, now_ns: int) -> None:
        """See SampledSignal."""
        self._chest_mg.start(rate_hz, now_ns)

    def take(self, count: int, first_ns: int, last_ns: int) -> IntArray:
        """See SampledSignal."""
        if self._troubles.pod_is_off(last_ns):
            self._chest_mg.skip(count)
            samples_mg = np.tile(np.array(FACE_UP_MG, dtype=np.int64), (count, 1))
        else:
            samples_mg = self._chest_mg.take(count, first_ns, last_ns)
        return add_knocks(samples_mg, self._troubles.knocks_ns, first_ns, last_ns)

    def skip(self, count: int) -> None:
        """See SampledSignal."""
        self._chest_mg.skip(count)
