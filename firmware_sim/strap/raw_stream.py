"""A running measurement whose samples all take the same bytes, so that its frames are all alike."""

from collections.abc import Callable
from dataclasses import dataclass

from firmware_sim.strap.pmd_stream import PlannedFrame, PmdStream
from firmware_sim.strap.sample_rate import RateWander
from firmware_sim.strap.wearer import IntArray, SampledSignal


@dataclass(frozen=True, slots=True)
class RawFraming:
    """How one measurement's samples become bytes."""

    rate_hz: int
    sample_bytes: int
    full_scale: int  # values are clipped here, in the samples' own unit
    encode: Callable[[int, IntArray], bytes]  # stamp and samples -> the frame


class RawStream(PmdStream):
    """Looks at its samples when a frame is full."""

    def __init__(
        self, framing: RawFraming, signal: SampledSignal, wander: RateWander, now_ns: int
    ) -> None:
        self._framing = framing
        super().__init__(framing.rate_hz, signal, wander, now_ns)

    def _plan_frame(self, room_bytes: int, interval_ns: float) -> PlannedFrame:
        del interval_ns
        n_samples = room_bytes // self._framing.sample_bytes
        return PlannedFrame(n_samples, n_samples * self._framing.sample_bytes)

    def _fill_frame(self, stamp_ns: int) -> bytes:
        n_samples, scale = self._planned.n_samples, self._framing.full_scale
        first_ns = self._previous_ns + (self._full_ns - self._previous_ns) // n_samples
        samples = self._signal.take(n_samples, first_ns, self._full_ns)
        return self._framing.encode(stamp_ns, samples.clip(-scale, scale))

    def _lose_frame(self) -> None:
        self._signal.skip(self._planned.n_samples)
