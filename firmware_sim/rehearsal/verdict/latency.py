"""From a strap's sending of a heart rate to the first frame of the live page that shows it."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from firmware_sim.rehearsal.verdict.evidence import ArchivedValue, LiveFrame, SentValue
from firmware_sim.rehearsal.verdict.stretches import Stretch, is_inside

# A frame a second, and as long again for a value to reach the server: what was sent this shortly
# before the last frame need not have been in one.
LAST_FRAMES_NS = 5 * 10**9
WIDE_HEART_RATE_FLAG = 0x01  # Heart Rate Service 1.0, 3.1.1.1.1: bit 0, heart rate is 16 bits


@dataclass(frozen=True, slots=True)
class Latency:
    """`delays_ms` of values that a frame showed, ascending; `unseen` should have been shown."""

    delays_ms: list[float]
    unseen: list[SentValue]

    def percentile_ms(self, percent: float) -> float | None:
        """Nearest-rank percentile; None when no value was shown."""
        if not self.delays_ms:
            return None
        rank = max(1, ceil(percent / 100 * len(self.delays_ms)))
        return round(self.delays_ms[rank - 1], 1)


def measure_latency(
    heart_rates: Sequence[tuple[SentValue, ArchivedValue]],
    frames: Sequence[LiveFrame],
    trouble: Mapping[str, Sequence[Stretch]] = MappingProxyType({}),
) -> Latency:
    """Delays of these heart rates (sent, kept), given all frames in the order of arrival.

    A frame shows a value when its tile's newest stamp is that value's or a later one. A heart rate
    of 0 (no contact) is not shown and not counted; neither is one sent before the first frame. One
    that had nothing but `trouble` of its strap (joined stretches) from its sending to the last
    frames need not have been shown.
    """
    delays_ms: list[float] = []
    unseen = []
    shown = _newest_so_far(frames)
    for sent, kept in heart_rates:
        if not frames or sent.monotonic_ns < frames[0].arrived_monotonic_ns or _is_zero(sent):
            continue
        newest = shown.get(sent.strap, [])
        place = bisect_left(newest, (kept.monotonic_ns, 0))
        # A frame can't show what was stamped after it; the first one to arrive counts.
        if place < len(newest):
            delays_ms.append((newest[place][1] - sent.monotonic_ns) / 1e6)
        elif _had_time(sent, frames[-1], trouble.get(sent.strap, ())):
            unseen.append(sent)
    return Latency(sorted(delays_ms), unseen)


def _had_time(sent: SentValue, last: LiveFrame, trouble: Sequence[Stretch]) -> bool:
    until_ns = last.arrived_monotonic_ns - LAST_FRAMES_NS
    return sent.monotonic_ns < until_ns and not is_inside((sent.monotonic_ns, until_ns), trouble)


def _newest_so_far(frames: Sequence[LiveFrame]) -> dict[str, list[tuple[int, int]]]:
    """For each strap, (stamp, first frame's arrival) each time its newest stamp moved on."""
    shown: dict[str, list[tuple[int, int]]] = {}
    for frame in frames:
        for strap, stamp_ns in frame.newest_monotonic_ns.items():
            steps = shown.setdefault(strap, [])
            if not steps or stamp_ns > steps[-1][0]:
                steps.append((stamp_ns, frame.arrived_monotonic_ns))
    return shown


def _is_zero(value: SentValue) -> bool:
    is_wide = bool(value.payload[0] & WIDE_HEART_RATE_FLAG)
    return not any(value.payload[1 : 3 if is_wide else 2])
