"""From a strap's sending of a heart rate to the first frame of the live page that shows it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from firmware_sim.rehearsal.verdict.evidence import ArchivedValue, LiveFrame, SentValue
from firmware_sim.rehearsal.verdict.stretches import Stretch

# A frame a second, and as long again for a value to reach the server: what was sent this shortly
# before the gateway was stopped need not have been in one.
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
    window_ns: Stretch | None = None,
) -> Latency:
    """Delays of these heart rates (sent, kept), given all frames in the order of arrival.

    A frame shows a value when its tile's newest stamp is that value's or a later one. A heart rate
    of 0 (no contact) is not shown and not counted. Every other one that was sent in the window
    should have been shown, whatever trouble there was: a rehearsal ends when the page has caught
    up. Without a window the frames themselves say how long somebody looked.
    """
    delays_ms: list[float] = []
    unseen = []
    shown = _newest_so_far(frames)
    since_ns, until_ns = _find_looked_at(frames, window_ns)
    for sent, kept in heart_rates:
        if sent.monotonic_ns < since_ns or is_zero(sent):
            continue
        newest = shown.get(sent.strap, [])
        place = bisect_left(newest, (kept.monotonic_ns, 0))
        # A frame can't show what was stamped after it; the first one to arrive counts.
        if place < len(newest):
            delays_ms.append((newest[place][1] - sent.monotonic_ns) / 1e6)
        elif sent.monotonic_ns < until_ns:
            unseen.append(sent)
    return Latency(sorted(delays_ms), unseen)


def _find_looked_at(frames: Sequence[LiveFrame], window_ns: Stretch | None) -> Stretch:
    """When a value that should be shown may have been sent; frames that end early end nothing."""
    arrived_ns = [frame.arrived_monotonic_ns for frame in frames]
    end_ns = window_ns[1] if window_ns else max(arrived_ns, default=0)
    return min([*arrived_ns, *(window_ns or ())], default=0), end_ns - LAST_FRAMES_NS


def _newest_so_far(frames: Sequence[LiveFrame]) -> dict[str, list[tuple[int, int]]]:
    """For each strap, (stamp, first frame's arrival) each time its newest stamp moved on."""
    shown: dict[str, list[tuple[int, int]]] = {}
    for frame in frames:
        for strap, stamp_ns in frame.newest_monotonic_ns.items():
            steps = shown.setdefault(strap, [])
            if not steps or stamp_ns > steps[-1][0]:
                steps.append((stamp_ns, frame.arrived_monotonic_ns))
    return shown


def is_zero(value: SentValue) -> bool:
    """Whether a heart-rate value says that the strap found no pulse."""
    is_wide = bool(value.payload[0] & WIDE_HEART_RATE_FLAG)
    return not any(value.payload[1 : 3 if is_wide else 2])
