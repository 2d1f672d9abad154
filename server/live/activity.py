"""How much a chest moves: mean absolute deviation of the acceleration over the last second.

MAD = mean |r - mean r| of the magnitude r in mg (Vaha-Ypya et al. 2015, Clin Physiol Funct
Imaging 35:64): needs no calibration and doesn't care how the strap is worn.
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from protocol.ble.pmd.acceleration import MG_PER_G
from protocol.moments import ReceivedAt
from server.decoding.acceleration import decode_frames
from server.live.events import ActivitySeen
from server.live.moment import NS_PER_S

WINDOW_S = 1.0
_DELTA_IN_G = 0x80  # its counts are worth nothing without the factor of the strap's start answer
_DELTA_IN_MG = 0x81
# Bluetooth Core 5.4, Vol 3 Part F 3.2.9: no value is longer. A longer one was never a strap's.
MAX_VALUE_BYTES = 512

# With 1024 samples a frame at most, an upload made to be large takes a few MB at a time.
_FRAMES_AT_ONCE = 64
_WINDOW_SAMPLES = 2048  # ten times what a strap sends in a second

StrapKey = tuple[str, str]  # gateway, strap


@dataclass(frozen=True, slots=True)
class MovementFrame:
    """One PMD data notification."""

    key: StrapKey
    received: ReceivedAt
    payload: bytes


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
        self._factors: dict[StrapKey, float] = {}

    def set_factor(self, key: StrapKey, factor: float) -> None:
        """What the strap's compressed counts are multiplied with, from its start answer."""
        self._factors[key] = factor

    def measure(self, frames: list[MovementFrame]) -> tuple[dict[StrapKey, ActivitySeen], int]:
        """The activity of each strap after its newest frame, and how many frames were unreadable.

        Frames of other measurements than acceleration (ECG) are left out beforehand.
        """
        newest: dict[StrapKey, ReceivedAt] = {}
        n_refused = sum(
            self._add(frames[at : at + _FRAMES_AT_ONCE], newest)
            for at in range(0, len(frames), _FRAMES_AT_ONCE)
        )
        seen = {
            key: ActivitySeen(received, mad_mg)
            for key, received in newest.items()
            if (mad_mg := self._windows[key].compute_mad_mg()) is not None
        }
        return seen, n_refused

    def _add(self, frames: list[MovementFrame], newest: dict[StrapKey, ReceivedAt]) -> int:
        """Take some frames into the windows and note the newest; how many were unreadable."""
        batch = decode_frames([frame.payload for frame in frames])
        ends = batch.columns.n_samples.cumsum()
        for index, frame in enumerate(frames):
            n_samples = int(batch.columns.n_samples[index])
            scale_mg = self._scale_mg(frame.key, int(batch.columns.forms[index]))
            if n_samples == 0 or scale_mg is None:
                continue
            counts = batch.samples[int(ends[index]) - n_samples : int(ends[index])]
            window = self._windows.setdefault(frame.key, _Window())
            window.add(int(batch.timestamps_ns[index]), compute_magnitudes(counts) * scale_mg)
            newest[frame.key] = frame.received
        return len(batch.refused)

    def _scale_mg(self, key: StrapKey, form: int) -> float | None:
        factor = self._factors.get(key)
        if form == _DELTA_IN_G:
            return None if factor is None else factor * MG_PER_G
        return factor if form == _DELTA_IN_MG and factor is not None else 1.0


def compute_magnitudes(counts: NDArray[np.signedinteger]) -> NDArray[np.float64]:
    """Euclidean length of each row of (n, 3)."""
    wide = counts.astype(np.float64)
    magnitudes: NDArray[np.float64] = np.sqrt(np.einsum("ij,ij->i", wide, wide))
    return magnitudes
