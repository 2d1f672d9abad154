"""One connection's frames with the gateway's monotonic moment of every sample."""

from dataclasses import dataclass, replace

import numpy as np

from server.decoding.clocks.breaks import ClockSegment, split_at_clock_steps
from server.decoding.clocks.fit import ClockFit, ClockWarning, fit_clock
from server.decoding.clocks.frames import Flags, FrameTimes, Ints
from server.decoding.clocks.sample_times import compute_sample_times
from server.decoding.clocks.spacing import Spacing, measure_gaps, refine_spacing


@dataclass(frozen=True, slots=True)
class SegmentTimes:
    """Frames (F) of one clock segment and their samples (N).

    `places` (F,): in the connection. `times_ns` (N,): gateway monotonic, rising strictly.
    `n_lost` (F,): samples missing right before each frame, 0 for the first.
    """

    places: Ints
    n_samples: Ints
    times_ns: Ints
    n_lost: Ints
    spacing: Spacing
    clock: ClockFit


@dataclass(frozen=True, slots=True)
class ConnectionTimes:
    """All clock segments of a connection, and how many frames came again."""

    segments: tuple[SegmentTimes, ...]
    n_repeated: int
    n_backward: int


def time_connection(
    frames: FrameTimes, spacing: Spacing, carried_ppb: int | None = None
) -> ConnectionTimes:
    """Times for the frames of one connection, at least one, with its clock steps found.

    `carried_ppb`: slope of the same strap and gateway, from before.
    """
    split = split_at_clock_steps(frames, spacing)
    segments: list[SegmentTimes] = []
    for segment in split.segments:
        timed = _time_segment(frames.take(segment.places), segment, spacing, carried_ppb)
        if segments:
            timed = warn(timed, ClockWarning.CLOCK_STEP)
        carried_ppb = timed.clock.known_slope_ppb
        segments.append(timed)
    return ConnectionTimes(tuple(segments), split.n_repeated, split.n_backward)


def _time_segment(
    frames: FrameTimes, segment: ClockSegment, rough: Spacing, carried_ppb: int | None
) -> SegmentTimes:
    spacing = refine_spacing(frames, segment.follows, rough)
    ends_ns, clock = fit_clock(frames, carried_ppb)
    times_ns = compute_sample_times(ends_ns, frames.n_samples, segment.follows, spacing)
    n_lost = _count_lost(frames, segment.follows, spacing)
    timed = SegmentTimes(segment.places, frames.n_samples, times_ns, n_lost, spacing, clock)
    return timed if spacing.is_as_asked else warn(timed, ClockWarning.RATE_MISMATCH)


def _count_lost(frames: FrameTimes, follows: Flags, spacing: Spacing) -> Ints:
    gaps_ns, _ = measure_gaps(np.diff(frames.stamps_ns), frames.n_samples[1:], spacing)
    lost = spacing.count_in(gaps_ns)
    n_lost = np.where(follows[1:], 0, lost)
    return np.concatenate([np.zeros(1, dtype=np.int64), n_lost])


def warn(timed: SegmentTimes, warning: ClockWarning) -> SegmentTimes:
    """The same with one more warning."""
    clock = replace(timed.clock, warnings=(*timed.clock.warnings, warning))
    return replace(timed, clock=clock)
