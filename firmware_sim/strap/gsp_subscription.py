"""One acceleration subscription of a Movesense: packets of equal size, thirteen a second."""

from collections.abc import Iterator

from firmware_sim.strap.gsp_bytes import encode_acceleration
from firmware_sim.strap.sample_rate import RateWander
from firmware_sim.strap.wearer import SampledSignal

ACC_RATES_HZ = (13, 26, 52, 104, 208)  # 416 and more fit no link of this kind
PACKETS_PER_S = 13  # each rate is a multiple of it: 8 samples a packet at 104 Hz
_NS_PER_S, _NS_PER_MS = 1_000_000_000, 1_000_000


class Subscription:
    """Runs from its SUBSCRIBE until it is dropped."""

    def __init__(
        self, reference: int, rate_hz: int, signal: SampledSignal, wander: RateWander, now_ns: int
    ) -> None:
        self._reference = reference
        self._rate_hz = rate_hz
        self._count = rate_hz // PACKETS_PER_S
        self._signal = signal
        self._wander = wander
        self._previous_ns = now_ns  # time of the last sample of the packet before
        signal.start(rate_hz, now_ns)
        self._begin_packet()

    @property
    def next_packet_ns(self) -> int:
        """When the next packet will be full."""
        return self._full_ns

    def take_packets(self, now_ns: int, booted_ns: int) -> Iterator[tuple[int, bytes]]:
        """Values that are due by now, each with the moment it fell due."""
        while self._full_ns <= now_ns:
            span_ns = self._full_ns - self._previous_ns
            first_ns = self._previous_ns + span_ns // self._count
            samples = self._signal.take(self._count, first_ns, self._full_ns)
            first_ms = (first_ns - booted_ns) // _NS_PER_MS
            for part in encode_acceleration(self._reference, first_ms, samples):
                yield self._full_ns, part
            self._previous_ns = self._full_ns
            self._begin_packet()

    def _begin_packet(self) -> None:
        rate_hz = self._rate_hz * (1.0 + self._wander.next_error())
        self._full_ns = self._previous_ns + round(self._count * _NS_PER_S / rate_hz)
