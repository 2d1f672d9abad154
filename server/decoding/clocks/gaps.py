"""The gaps in a strap's timed samples, each with its cause."""

from dataclasses import dataclass

import numpy as np

from server.decoding.clocks.connection_times import SegmentTimes
from server.decoding.clocks.frames import Ints
from server.decoding.clocks.timed import GapCause, SampleGap


@dataclass(frozen=True, slots=True)
class PlacedSegment:
    """A segment with what places it: its boot's offset to UTC, and unreadable frames' arrivals."""

    times: SegmentTimes
    arrivals_ns: Ints  # (F,)
    offset_ns: int
    refused_arrivals_ns: Ints


def find_gaps_inside(placed: PlacedSegment) -> list[SampleGap]:
    """Where frames are missing in one clock segment."""
    times, found = placed.times, []
    lasts = np.cumsum(times.n_samples) - 1
    for frame in np.flatnonzero(times.n_lost).tolist():
        before, after = int(lasts[frame - 1]), int(lasts[frame - 1]) + 1
        gap = SampleGap(
            GapCause.UNREADABLE if _was_unreadable(placed, frame) else GapCause.LOST,
            int(times.times_ns[before]) + placed.offset_ns,
            int(times.times_ns[after]) + placed.offset_ns,
            int(times.n_lost[frame]),
        )
        found.append(gap)
    return found


def measure_gap_between(before: PlacedSegment, after: PlacedSegment, cause: GapCause) -> SampleGap:
    """From the last sample of one segment to the first of the next, by the gateway's clock."""
    from_ns = int(before.times.times_ns[-1]) + before.offset_ns
    to_ns = int(after.times.times_ns[0]) + after.offset_ns
    spacing = after.times.spacing
    n_lost = round((to_ns - from_ns) * spacing.n_intervals / spacing.interval_ns) - 1
    half_a_frame = int(after.times.n_samples[0]) / 2
    return SampleGap(cause, from_ns, to_ns, n_lost if n_lost > half_a_frame else 0)


def _was_unreadable(placed: PlacedSegment, frame: int) -> bool:
    between = np.searchsorted(placed.refused_arrivals_ns, placed.arrivals_ns[frame - 1 : frame + 1])
    return bool(between[0] < between[1])
