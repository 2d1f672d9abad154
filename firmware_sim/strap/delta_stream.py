"""A running measurement whose frames are compressed: they close when they are full of bytes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from firmware_sim.strap.delta_bytes import encode_delta
from firmware_sim.strap.device_clock import DeviceClock
from firmware_sim.strap.pmd_bytes import FRAME_HEADER_BYTES
from firmware_sim.strap.pmd_stream import PREFERRED_ATT_MTU, Frame
from firmware_sim.strap.sample_rate import RateWander
from firmware_sim.strap.wearer import IntArray, SampledSignal

MOST_SAMPLES = 71  # a Verity Sense's frame at rest; it sends one each 1 to 2 s
_NS_PER_S = 1_000_000_000
_ATT_HEADER_BYTES = 3


@dataclass(frozen=True, slots=True)
class DeltaFraming:
    """How a compressed measurement's samples become bytes."""

    rate_hz: int
    full_scale: int
    head: Callable[[int], bytes]  # stamp -> the ten bytes before the content
    scale: float  # counts for one unit of the signal


class DeltaStream:
    """As PmdStream, but looks at samples ahead of time: their size decides when a frame is full."""

    def __init__(
        self, framing: DeltaFraming, signal: SampledSignal, wander: RateWander, now_ns: int
    ) -> None:
        self._framing = framing
        self._signal = signal
        self._wander = wander
        self._previous_ns = now_ns
        self._ahead: IntArray = np.empty((0, 3), dtype=np.int64)
        signal.start(framing.rate_hz, now_ns)
        self._fill_frame(PREFERRED_ATT_MTU)

    @property
    def next_frame_ns(self) -> int:
        """When the next frame will be full."""
        return self._full_ns

    def take_frames(
        self, now_ns: int, *, att_mtu: int, clock: DeviceClock, heard: bool
    ) -> Iterator[Frame]:
        """Frames that are full by now. Unheard or too long for the link, their samples are lost."""
        while self._full_ns <= now_ns:
            room_bytes = att_mtu - _ATT_HEADER_BYTES - FRAME_HEADER_BYTES
            if heard and len(self._content) <= room_bytes:
                stamp_ns = clock.stamp_ns(self._full_ns)
                yield Frame(self._full_ns, self._framing.head(stamp_ns) + self._content)
            self._previous_ns = self._full_ns
            self._fill_frame(min(att_mtu, PREFERRED_ATT_MTU) if heard else PREFERRED_ATT_MTU)

    def _fill_frame(self, att_mtu: int) -> None:
        interval_ns = _NS_PER_S / (self._framing.rate_hz * (1.0 + self._wander.next_error()))
        missing = MOST_SAMPLES - len(self._ahead)
        if missing > 0:
            first = self._previous_ns + round((len(self._ahead) + 1) * interval_ns)
            last = self._previous_ns + round(MOST_SAMPLES * interval_ns)
            counts = np.rint(self._signal.take(missing, first, last) * self._framing.scale)
            scale = self._framing.full_scale
            fresh = counts.astype(np.int64).clip(-scale, scale)
            self._ahead = np.concatenate([self._ahead, fresh])
        room_bytes = att_mtu - _ATT_HEADER_BYTES - FRAME_HEADER_BYTES
        count, self._content = encode_delta(self._ahead[:MOST_SAMPLES], room_bytes)
        self._ahead = self._ahead[count:]
        self._full_ns = self._previous_ns + round(count * interval_ns)
