"""One running measurement: samples at the sensor's true rate, framed for the link."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from firmware_sim.strap.device_clock import DeviceClock
from firmware_sim.strap.pmd_bytes import FRAME_HEADER_BYTES
from firmware_sim.strap.sample_rate import RateWander
from firmware_sim.strap.wearer import SampledSignal

PREFERRED_ATT_MTU = 232  # what an H10 answers to an MTU exchange; frames that nobody hears use it
_ATT_HEADER_BYTES = 3
_NS_PER_S = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Frame:
    """A full frame and the true moment of its last sample."""

    at_ns: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class PlannedFrame:
    """How many samples the frame being filled will hold, and the bytes that they take."""

    n_samples: int
    content_bytes: int


class PmdStream(ABC):
    """Runs from its start until it is dropped, whether or not somebody listens.

    When frames are full is said here; how one is filled, each kind of stream says.
    """

    def __init__(
        self, rate_hz: int, signal: SampledSignal, wander: RateWander, now_ns: int
    ) -> None:
        self._rate_hz = rate_hz
        self._signal = signal
        self._wander = wander
        self._previous_ns = now_ns  # time of the last sample of the frame before
        signal.start(rate_hz, now_ns)
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
            if heard and self._planned.content_bytes <= _room_bytes(att_mtu):
                yield Frame(self._full_ns, self._fill_frame(clock.stamp_ns(self._full_ns)))
            else:
                self._lose_frame()
            self._previous_ns = self._full_ns
            self._begin_frame(att_mtu if heard else PREFERRED_ATT_MTU)

    def _begin_frame(self, att_mtu: int) -> None:
        interval_ns = _NS_PER_S / (self._rate_hz * (1.0 + self._wander.next_error()))
        room_bytes = _room_bytes(min(att_mtu, PREFERRED_ATT_MTU))
        self._planned = self._plan_frame(room_bytes, interval_ns)
        self._full_ns = self._previous_ns + round(self._planned.n_samples * interval_ns)

    @abstractmethod
    def _plan_frame(self, room_bytes: int, interval_ns: float) -> PlannedFrame:
        """What the next frame will hold, given the room and the time between two samples."""

    @abstractmethod
    def _fill_frame(self, stamp_ns: int) -> bytes:
        """The planned frame, full now, with its stamp on the device's clock."""

    @abstractmethod
    def _lose_frame(self) -> None:
        """Nobody hears the planned frame."""


def _room_bytes(att_mtu: int) -> int:
    """For a frame's samples in one notification."""
    return att_mtu - _ATT_HEADER_BYTES - FRAME_HEADER_BYTES
