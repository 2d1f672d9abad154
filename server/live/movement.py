"""What the live view learns from acceleration: how much a chest moves, and knocks on a sensor."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from protocol.ble.pmd.acceleration import MG_PER_G
from protocol.moments import ReceivedAt
from server.decoding.acceleration import decode_frames
from server.live.activity import ActivityMeter
from server.live.clock_watch import ClockWatch
from server.live.events import ActivitySeen, ClockSeen, KnocksSeen, StrapKey
from server.live.knocks import KnockWatch

MovementSeen = ActivitySeen | KnocksSeen | ClockSeen

_DELTA_IN_G = 0x80  # its counts are worth nothing without the factor of the strap's start answer
_DELTA_IN_MG = 0x81
# Bluetooth Core 5.4, Vol 3 Part F 3.2.9: no value is longer. A longer one was never a strap's.
MAX_VALUE_BYTES = 512

# With 1024 samples a frame at most, an upload made to be large takes a few MB at a time.
_FRAMES_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class MovementFrame:
    """One PMD data notification."""

    key: StrapKey
    received: ReceivedAt
    payload: bytes


@dataclass(frozen=True, slots=True)
class MovementBlock:
    """Its samples (n, 3) in mg, n > 0, and the strap's own stamp of the last one."""

    key: StrapKey
    received: ReceivedAt
    stamp_ns: int
    samples_mg: NDArray[np.float64]


@dataclass(slots=True)
class Movement:
    """Decodes pages of frames and hands them to the meters. No I/O, no clock."""

    _activity: ActivityMeter = field(default_factory=ActivityMeter)
    _knocks: KnockWatch = field(default_factory=KnockWatch)
    _clocks: ClockWatch = field(default_factory=ClockWatch)
    _factors: dict[StrapKey, float] = field(default_factory=dict)

    def set_factor(self, key: StrapKey, factor: float) -> None:
        """What the strap's compressed counts are multiplied with, from its start answer."""
        self._factors[key] = factor

    def project(
        self, frames: list[MovementFrame]
    ) -> tuple[list[tuple[StrapKey, MovementSeen]], int]:
        """Each strap's activity after its newest frame, all knocks, what its clock is worth now and
        then, and how many were unreadable.

        Frames of other measurements than acceleration (ECG) are left out beforehand.
        """
        events: list[tuple[StrapKey, MovementSeen]] = []
        newest: dict[StrapKey, ReceivedAt] = {}
        n_refused = 0
        for at in range(0, len(frames), _FRAMES_AT_ONCE):
            blocks, n_bad = self._decode(frames[at : at + _FRAMES_AT_ONCE])
            n_refused += n_bad
            for block in blocks:
                newest[block.key] = block.received
                magnitudes_mg = compute_magnitudes(block.samples_mg)
                self._activity.add(block.key, block.stamp_ns, magnitudes_mg)
                events += self._find_knocks(block)
                events += self._judge_clock(block)
        for key, received in newest.items():
            if (mad_mg := self._activity.measure_mad_mg(key)) is not None:
                events.append((key, ActivitySeen(received, mad_mg)))
        return events, n_refused

    def _find_knocks(self, block: MovementBlock) -> Iterator[tuple[StrapKey, KnocksSeen]]:
        lag_s = self._knocks.add(block.key, block.stamp_ns, block.samples_mg)
        if lag_s is not None:
            yield block.key, KnocksSeen(block.received, lag_s)

    def _judge_clock(self, block: MovementBlock) -> Iterator[tuple[StrapKey, ClockSeen]]:
        key, received = block.key, block.received
        if self._clocks.add(key, received, block.stamp_ns, len(block.samples_mg)):
            yield key, ClockSeen(received, self._clocks.judge(key))

    def _decode(self, frames: list[MovementFrame]) -> tuple[list[MovementBlock], int]:
        """Blocks of the readable frames in mg, and how many frames were unreadable."""
        batch = decode_frames([frame.payload for frame in frames])
        ends = batch.columns.n_samples.cumsum()
        blocks = []
        for index, frame in enumerate(frames):
            n_samples = int(batch.columns.n_samples[index])
            scale_mg = self._scale_mg(frame.key, int(batch.columns.forms[index]))
            if n_samples == 0 or scale_mg is None:
                continue
            counts = batch.samples[int(ends[index]) - n_samples : int(ends[index])]
            stamp_ns = int(batch.timestamps_ns[index])
            samples_mg = counts.astype(np.float64) * scale_mg
            blocks.append(MovementBlock(frame.key, frame.received, stamp_ns, samples_mg))
        return blocks, len(batch.refused)

    def _scale_mg(self, key: StrapKey, form: int) -> float | None:
        factor = self._factors.get(key)
        if form == _DELTA_IN_G:
            return None if factor is None else factor * MG_PER_G
        return factor if form == _DELTA_IN_MG and factor is not None else 1.0


def compute_magnitudes(samples_mg: NDArray[np.float64]) -> NDArray[np.float64]:
    """Euclidean length of each row of (n, 3)."""
    magnitudes: NDArray[np.float64] = np.sqrt(np.einsum("ij,ij->i", samples_mg, samples_mg))
    return magnitudes
