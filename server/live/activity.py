"""How much a chest moves: mean absolute deviation of the acceleration over the last second.

MAD = mean |r - mean r| of the magnitude r in mg (Vaha-Ypya et al. 2015, Clin Physiol Funct
Imaging 35:64): needs no calibration and doesn't care how the strap is worn.
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from server.live.events import StrapKey
from server.live.moment import NS_PER_S

WINDOW_S = 1.0
_WINDOW_SAMPLES = 2048  # ten times what a strap sends in a second


@dataclass(slots=True)
class _Window:
    """Magnitudes of the frames of the last second, by the strap's own clock."""

    frames: deque[tuple[int, NDArray[np.float64]]] = field(default_factory=deque)
    n_samples: int = 0

    def add(self, stamp_ns: int, magnitudes_mg: NDArray[np.float64]) -> None:
        if self.frames and not 0 < stamp_ns - self.frames[-1][0] < 10 * NS_PER_S:
            self.frames.clear()  # its clock was set, or frames are missing
            self.n_samples = 0
        self.frames.append((stamp_ns, magnitudes_mg))
        self.n_samples += magnitudes_mg.size
        oldest_ns = stamp_ns - WINDOW_S * NS_PER_S
        while len(self.frames) > 1 and (
            self.frames[0][0] <= oldest_ns or self.n_samples > _WINDOW_SAMPLES
        ):
            self.n_samples -= self.frames.popleft()[1].size

    def compute_mad_mg(self) -> float | None:
        magnitudes_mg = np.concatenate([magnitudes for _, magnitudes in self.frames])
        if magnitudes_mg.size == 0:
            return None
        return compute_mad_mg(magnitudes_mg)


def compute_mad_mg(magnitudes_mg: NDArray[np.float64]) -> float:
    """Mean absolute deviation of magnitudes (n,), n > 0, in mg."""
    return float(np.abs(magnitudes_mg - magnitudes_mg.mean()).mean())


class ActivityMeter:
    """Keeps the last second of every strap. No I/O, no clock."""

    def __init__(self) -> None:
        self._windows: dict[StrapKey, _Window] = {}

    def add(self, key: StrapKey, stamp_ns: int, magnitudes_mg: NDArray[np.float64]) -> None:
        """Take in one frame: magnitudes (n,), and its stamp on the strap's own clock."""
        self._windows.setdefault(key, _Window()).add(stamp_ns, magnitudes_mg)

    def measure_mad_mg(self, key: StrapKey) -> float | None:
        """Activity of the last second of a strap that was added."""
        return self._windows[key].compute_mad_mg()
