"""A running measurement whose frames are compressed: they close when they are full of bytes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from firmware_sim.strap.delta_bytes import encode_delta
from firmware_sim.strap.pmd_stream import PlannedFrame, PmdStream
from firmware_sim.strap.sample_rate import RateWander
from firmware_sim.strap.wearer import IntArray, SampledSignal

MOST_SAMPLES = 71  # a Verity Sense's frame at rest; it sends one each 1 to 2 s


@dataclass(frozen=True, slots=True)
class DeltaFraming:
    """How a compressed measurement's samples become bytes."""

    rate_hz: int
    full_scale: int
    head: Callable[[int], bytes]  # stamp -> the ten bytes before the content
    scale: float  # counts for one unit of the signal


class DeltaStream(PmdStream):
    """Looks at samples ahead of time: their size decides when a frame is full."""

    def __init__(
        self, framing: DeltaFraming, signal: SampledSignal, wander: RateWander, now_ns: int
    ) -> None:
        self._framing = framing
        self._ahead: IntArray = np.empty((0, 3), dtype=np.int64)
        self._content = b""
        super().__init__(framing.rate_hz, signal, wander, now_ns)

    def _plan_frame(self, room_bytes: int, interval_ns: float) -> PlannedFrame:
        self._look_ahead(interval_ns)
        n_samples, self._content = encode_delta(self._ahead[:MOST_SAMPLES], room_bytes)
        self._ahead = self._ahead[n_samples:]
        return PlannedFrame(n_samples, len(self._content))

    def _look_ahead(self, interval_ns: float) -> None:
        missing = MOST_SAMPLES - len(self._ahead)
        if missing <= 0:
            return
        first_ns = self._previous_ns + round((len(self._ahead) + 1) * interval_ns)
        last_ns = self._previous_ns + round(MOST_SAMPLES * interval_ns)
        scale = self._framing.full_scale
        counts = np.rint(self._signal.take(missing, first_ns, last_ns) * self._framing.scale)
        self._ahead = np.concatenate([self._ahead, counts.astype(np.int64).clip(-scale, scale)])

    def _fill_frame(self, stamp_ns: int) -> bytes:
        return self._framing.head(stamp_ns) + self._content

    def _lose_frame(self) -> None:
        """Its samples were taken as it was planned, and go with it."""
