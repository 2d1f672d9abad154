"""Puts the segments of all boots together: samples, gaps and what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from server.decoding.batch import AXES
from server.decoding.clocks.decoded import DecodedConnection, join_connections
from server.decoding.clocks.frames import Flags, Ints
from server.decoding.clocks.gaps import PlacedSegment, find_gaps_inside, measure_gap_between
from server.decoding.clocks.gateway_clock import GatewayClock, WallStep
from server.decoding.clocks.spacing import Spacing
from server.decoding.clocks.stream_times import SegmentTimes, time_stream
from server.decoding.clocks.timed import (
    FrameTally,
    SampleGap,
    TimedAcceleration,
    TimedSegment,
)


@dataclass(slots=True)
class Collected:
    """What was timed so far, in the order of time."""

    carried_ppb: int | None
    _times: list[Ints] = field(default_factory=list)
    _samples: list[NDArray[np.float32]] = field(default_factory=list)
    _segments: list[TimedSegment] = field(default_factory=list)
    _gaps: list[SampleGap] = field(default_factory=list)
    _wall_steps: list[WallStep] = field(default_factory=list)
    _tally: FrameTally = FrameTally()
    _last: PlacedSegment | None = None
    _n_samples: int = 0

    def add_boot(
        self,
        connections: Sequence[DecodedConnection],
        spacings: Sequence[Spacing | None],
        clock: GatewayClock,
    ) -> None:
        """All connections of the next boot; those without a spacing can't be timed."""
        self._wall_steps += clock.wall_steps
        known: dict[int, Spacing] = {}
        for number, (one, spacing) in enumerate(zip(connections, spacings, strict=True)):
            self._tally += FrameTally(
                n_repeated=one.n_repeated,
                n_refused=one.refused_arrivals_ns.size,
                n_untimed=len(one.frames) if spacing is None else 0,
            )
            if spacing is not None and len(one.frames):
                known[number] = spacing
        if known:
            parts = [connections[number] for number in known]
            self._add_stream(parts, list(known.values()), clock)

    def _add_stream(
        self, parts: Sequence[DecodedConnection], spacings: Sequence[Spacing], clock: GatewayClock
    ) -> None:
        stream, numbers = join_connections(parts)
        timed = time_stream(stream.frames, numbers, spacings, self.carried_ppb)
        self.carried_ppb = timed.carried_ppb
        n_timed = sum(segment.places.size for segment in timed.segments)
        self._tally += FrameTally(n_timed, timed.n_repeated, timed.n_backward)
        for segment in timed.segments:
            placed = PlacedSegment(
                segment,
                clock,
                stream.frames.arrivals_ns[segment.places],
                stream.n_kept[segment.places],
                stream.refused_arrivals_ns,
            )
            self._add_gaps(placed)
            self._add_samples(placed, stream)

    def _add_gaps(self, placed: PlacedSegment) -> None:
        if self._last is not None:
            self._gaps.append(measure_gap_between(self._last, placed))
        self._gaps += find_gaps_inside(placed)
        self._last = placed

    def _add_samples(self, placed: PlacedSegment, stream: DecodedConnection) -> None:
        times = placed.times
        kept: Flags | slice = slice(None)
        if (stream.n_kept[times.places] < times.n_samples).any():
            kept = _find_kept(times, stream.n_kept)
        self._times.append(times.times_ns[kept] + placed.clock.offset_ns)
        self._samples.append(stream.samples_mg[_find_rows(times, stream.n_kept)])
        first, self._n_samples = self._n_samples, self._n_samples + self._times[-1].size
        self._segments.append(
            TimedSegment(
                boot_id=placed.clock.boot_id,
                first=first,
                end=self._n_samples,
                rate_hz=times.spacing.rate_hz,
                nominal_hz=times.spacing.nominal_hz,
                clock=times.clock,
            )
        )

    def finish(self) -> TimedAcceleration:
        """All of it; empty arrays where there is nothing."""
        lengths = [one.end - one.first for one in self._segments]
        return TimedAcceleration(
            utc_ns=np.concatenate([np.zeros(0, dtype=np.int64), *self._times]),
            samples_mg=np.concatenate([np.zeros((0, AXES), dtype=np.float32), *self._samples]),
            segment=np.repeat(np.arange(len(lengths), dtype=np.int32), lengths),
            segments=tuple(self._segments),
            gaps=tuple(self._gaps),
            wall_steps=tuple(self._wall_steps),
            tally=self._tally,
            carried_ppb=self.carried_ppb,
        )


def _find_kept(times: SegmentTimes, n_kept: Ints) -> Flags:
    """Of all announced samples (N,) those that are there: the first of each frame."""
    starts = np.cumsum(times.n_samples) - times.n_samples
    places = np.arange(times.times_ns.size) - np.repeat(starts, times.n_samples)
    kept: Flags = places < np.repeat(n_kept[times.places], times.n_samples)
    return kept


def _find_rows(times: SegmentTimes, n_kept: Ints) -> Ints | slice:
    """Rows of the stream's samples that are this segment's; mostly one stretch of them."""
    places = times.places
    if places[-1] - places[0] + 1 == places.size:  # they rise
        first, n_rows = int(n_kept[: places[0]].sum()), int(n_kept[places].sum())
        return slice(first, first + n_rows)
    starts, kept = (np.cumsum(n_kept) - n_kept)[times.places], n_kept[times.places]
    shift = starts - (np.cumsum(kept) - kept)
    rows: Ints = np.arange(int(kept.sum())) + np.repeat(shift, kept)
    return rows
