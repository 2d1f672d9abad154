"""The gaps in a strap's timed samples, each with its cause."""

from dataclasses import dataclass

import numpy as np

from server.decoding.clocks.frames import Ints
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.clocks.stream_times import SegmentTimes
from server.decoding.clocks.timed import SampleGap, SampleGapCause


@dataclass(frozen=True, slots=True)
class PlacedSegment:
    """A segment, what places it in UTC, and when its frames (F,) and unreadable ones arrived.

    `n_kept` (F,): how many of each frame's announced samples are there, the first ones.
    """

    times: SegmentTimes
    clock: GatewayClock
    arrivals_ns: Ints
    n_kept: Ints
    refused_arrivals_ns: Ints


def find_gaps_inside(placed: PlacedSegment) -> list[SampleGap]:
    """Where frames, or the ends of frames that were cut off, are missing in one segment."""
    gaps = _find_lost(placed) + _find_cut_off(placed)
    return sorted(gaps, key=lambda gap: gap.from_utc_ns)


def _find_lost(placed: PlacedSegment) -> list[SampleGap]:
    times, found = placed.times, []
    firsts = np.cumsum(times.n_samples) - times.n_samples
    for frame in np.flatnonzero(times.n_lost).tolist():
        after = int(firsts[frame])
        gap = SampleGap(
            SampleGapCause.UNREADABLE if _was_unreadable(placed, frame) else SampleGapCause.LOST,
            placed.clock.place(int(times.times_ns[after - 1])),
            placed.clock.place(int(times.times_ns[after])),
            int(times.n_lost[frame]),
        )
        found.append(gap)
    return found


def _find_cut_off(placed: PlacedSegment) -> list[SampleGap]:
    """After the last one kept, up to the last one announced."""
    times, found = placed.times, []
    ends = np.cumsum(times.n_samples)
    n_cut = times.n_samples - placed.n_kept
    for frame in np.flatnonzero(n_cut).tolist():
        last = int(ends[frame]) - 1
        from_ns, to_ns = times.times_ns[[last - int(n_cut[frame]), last]].tolist()
        found.append(
            SampleGap(
                SampleGapCause.UNREADABLE,
                placed.clock.place(from_ns),
                placed.clock.place(to_ns),
                int(n_cut[frame]),
            )
        )
    return found


def measure_gap_between(before: PlacedSegment, after: PlacedSegment) -> SampleGap:
    """From the last sample of one segment to the first of the next, by the gateway's clock."""
    from_ns = before.clock.place(int(before.times.times_ns[-1]))
    to_ns = after.clock.place(int(after.times.times_ns[0]))
    spacing = after.times.spacing
    n_lost = round((to_ns - from_ns) * spacing.n_intervals / spacing.interval_ns) - 1
    half_a_frame = int(after.times.n_samples[0]) / 2
    return SampleGap(
        _find_cause(before, after), from_ns, to_ns, n_lost if n_lost > half_a_frame else 0
    )


def _find_cause(before: PlacedSegment, after: PlacedSegment) -> SampleGapCause:
    if before.clock.boot_id != after.clock.boot_id:
        return SampleGapCause.NEW_BOOT
    if before.times.connection != after.times.connection:
        return SampleGapCause.RECONNECT
    return SampleGapCause.CLOCK_STEP


def _was_unreadable(placed: PlacedSegment, frame: int) -> bool:
    between = np.searchsorted(placed.refused_arrivals_ns, placed.arrivals_ns[frame - 1 : frame + 1])
    return bool(between[0] < between[1])
