"""A strap's frames in one boot of its gateway, with the monotonic moment of every sample."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from server.decoding.clocks.breaks import split_at_clock_steps
from server.decoding.clocks.fit import ClockFit, ClockWarning, FittedClock, fit_clock, summarise_fit
from server.decoding.clocks.frames import FrameTimes, Ints
from server.decoding.clocks.sample_times import compute_sample_times
from server.decoding.clocks.spacing import (
    Spacing,
    ask_spacing,
    estimate_spacing,
    measure_gaps,
    refine_spacing,
)


@dataclass(frozen=True, slots=True)
class SegmentTimes:
    """Frames (F) of one connection and one clock, and their samples (N).

    `places` (F,): in the stream. `times_ns` (N,): gateway monotonic, rising strictly.
    `n_lost` (F,): samples missing right before each frame, 0 for the first.
    """

    connection: int
    places: Ints
    n_samples: Ints
    times_ns: Ints
    n_lost: Ints
    spacing: Spacing
    clock: ClockFit


@dataclass(frozen=True, slots=True)
class StreamTimes:
    """All segments in order, frames that came again, and the slope to carry on."""

    segments: tuple[SegmentTimes, ...]
    n_repeated: int
    n_backward: int
    carried_ppb: int | None


def time_stream(
    frames: FrameTimes,
    connections: Ints,
    spacings: Sequence[Spacing],
    carried_ppb: int | None = None,
) -> StreamTimes:
    """Times for the frames (F) of all connections in one boot, at least one.

    `connections` (F,): the number of each frame's connection, never falling, from 0 on.
    `spacings`: of each connection. `carried_ppb`: slope of the same strap and gateway, from before.
    """
    filled_ns = np.concatenate(
        [
            spacing.span_ns(frames.n_samples[connections == number])
            for number, spacing in enumerate(spacings)
        ]
    )
    opens = np.diff(connections, prepend=-1) > 0
    split = split_at_clock_steps(frames, filled_ns, opens)
    segments: list[SegmentTimes] = []
    for places in split.clocks:
        clock = fit_clock(frames.take(places), carried_ppb)
        carried_ppb = clock.slope.known_ppb
        found = list(_cut_at_connections(frames, places, clock, connections, spacings))
        if segments:
            found[0] = _warn(found[0], ClockWarning.CLOCK_STEP)
        segments += found
    return StreamTimes(tuple(segments), split.n_repeated, split.n_backward, carried_ppb)


def check_clock(frames: FrameTimes, asked_hz: int | None = None) -> ClockFit | None:
    """How well a strap's clock is known now, for the live view: the newest segment's fit.

    `frames`: of the last minutes, as they came. None where there is none, or one of unknown rate.
    """
    if len(frames) == 0:
        return None
    spacing = estimate_spacing(frames, ask_spacing(asked_hz) if asked_hz else None)
    if spacing is None:
        return None
    timed = time_stream(frames, np.zeros(len(frames), dtype=np.int64), [spacing])
    return timed.segments[-1].clock


def _cut_at_connections(
    frames: FrameTimes,
    places: Ints,
    clock: FittedClock,
    connections: Ints,
    spacings: Sequence[Spacing],
) -> Iterator[SegmentTimes]:
    numbers, starts = np.unique(connections[places], return_index=True)
    ends = np.append(starts[1:], places.size)
    for number, start, end in zip(numbers.tolist(), starts.tolist(), ends.tolist(), strict=True):
        part, ends_ns = places[start:end], clock.ends_ns[start:end]
        yield _time_segment(frames.take(part), number, part, ends_ns, clock, spacings[number])


def _time_segment(
    frames: FrameTimes,
    connection: int,
    places: Ints,
    ends_ns: Ints,
    clock: FittedClock,
    rough: Spacing,
) -> SegmentTimes:
    ways_ns = np.diff(frames.stamps_ns)
    _, later_follow = measure_gaps(ways_ns, rough.span_ns(frames.n_samples[1:]))
    follows = np.concatenate([[False], later_follow])
    spacing = refine_spacing(frames, follows, rough)
    times_ns = compute_sample_times(ends_ns, frames.n_samples, follows, spacing)
    gaps_ns = ways_ns - spacing.span_ns(frames.n_samples[1:])
    n_lost = np.where(later_follow, 0, spacing.count_in(gaps_ns))
    n_lost = np.concatenate([np.zeros(1, dtype=np.int64), n_lost])
    fit = summarise_fit(frames, ends_ns, clock)
    timed = SegmentTimes(connection, places, frames.n_samples, times_ns, n_lost, spacing, fit)
    return timed if spacing.is_as_asked else _warn(timed, ClockWarning.RATE_MISMATCH)


def _warn(timed: SegmentTimes, warning: ClockWarning) -> SegmentTimes:
    clock = replace(timed.clock, warnings=(*timed.clock.warnings, warning))
    return replace(timed, clock=clock)
