"""One running measurement: samples at the sensor's true rate, framed for the link."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from firmware_sim.strap.device_clock import DeviceClock
from firmware_sim.strap.pmd_bytes import samples_per_frame
from firmware_sim.strap.sample_rate import RateWander
from firmware_sim.strap.wearer import IntArray, SampledSignal

PREFERRED_ATT_MTU = 232  # what an H10 answers to an MTU exchange; frames that nobody hears use it
_NS_PER_S = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Frame:
    """A full frame and the true moment of its last sample."""

    at_ns: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Framing:
    """How one measurement's samples become bytes."""

    rate_hz: int
    sample_bytes: int
    full_scale: int  # values are clipped here, in the samples' own unit
    encode: Callable[[int, IntArray], bytes]


class PmdStream:
    """Runs from its start until it is dropped, whether or not somebody listens."""

    def __init__(
        self, framing: Framing, signal: SampledSignal, wander: RateWander, now_ns: int
    ) -> None:
        self._framing = framing
        self._signal = signal
        self._wander = wander
        self._previous_ns = now_ns  # time of the last sample of the frame before
        signal.start(framing.rate_hz, now_ns)
        self._begin_frame(PREFERRED_ATT_MTU)

    @property
    def next_frame_ns(self) -> int:
        """When the frame being filled will be full."""
        return self._full_ns

    def take_frames(
        self, now_ns: int, *, att_mtu: int, clock: DeviceClock, heard: bool
    ) -> Iterator[Frame]:
        """Frames that are full by now. Unheard or too long for the link, their samples are lost."""
        while self._full_ns <= now_ns:
            if heard and self._count <= samples_per_frame(att_mtu, self._framing.sample_bytes):
                yield self._make_frame(clock)
            else:
                self._signal.skip(self._count)
            self._previous_ns = self._full_ns
            self._begin_frame(att_mtu if heard else PREFERRED_ATT_MTU)

    def _make_frame(self, clock: DeviceClock) -> Frame:
        first_ns = self._previous_ns + (self._full_ns - self._previous_ns) // self._count
        scale = self._framing.full_scale
        samples = self._signal.take(self._count, first_ns, self._full_ns).clip(-scale, scale)
        return Frame(self._full_ns, self._framing.encode(clock.stamp_ns(self._full_ns), samples))

    def _begin_frame(self, att_mtu: int) -> None:
        usable_mtu = min(att_mtu, PREFERRED_ATT_MTU)
        rate_hz = self._framing.rate_hz * (1.0 + self._wander.next_error())
        self._count = samples_per_frame(usable_mtu, self._framing.sample_bytes)
        self._full_ns = self._previous_ns + round(self._count * _NS_PER_S / rate_hz)
