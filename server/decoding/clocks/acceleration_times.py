"""From one strap's archive records to acceleration in mg with a UTC moment for each sample."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from protocol.identifiers import BootId
from protocol.messages.uplink import NotificationRecord
from server.decoding.batch import AXES
from server.decoding.clocks.breaks import UNSURE_NS
from server.decoding.clocks.connection_times import SegmentTimes, time_connection, warn
from server.decoding.clocks.connections import read_connections
from server.decoding.clocks.decoded import DecodedConnection, decode_connection
from server.decoding.clocks.fit import ClockWarning
from server.decoding.clocks.frames import PPB, Ints
from server.decoding.clocks.gaps import PlacedSegment, find_gaps_inside, measure_gap_between
from server.decoding.clocks.gateway_clock import GatewayClock, WallStep
from server.decoding.clocks.slope import WANDER_PPB, SlopeSource
from server.decoding.clocks.spacing import Spacing, estimate_spacing
from server.decoding.clocks.timed import (
    FrameTally,
    GapCause,
    SampleGap,
    TimedAcceleration,
    TimedSegment,
)


def time_acceleration(
    records: Sequence[NotificationRecord],
    clocks: Mapping[BootId, GatewayClock],
    *,
    asked_hz: int | None = None,
    carried_slope_ppb: int | None = None,
) -> TimedAcceleration:
    """Every acceleration sample of one strap on one gateway, timed; all characteristics may come.

    `clocks`: of every boot in the records (`fit_gateway_clocks`, best over all of the gateway's
    records). `asked_hz`: the rate that was asked for, else the strap's rate that fits. An hour at
    200 Hz takes some 0.1 s. Raises KeyError for a boot without a clock.
    """
    decoded = [decode_connection(one) for one in read_connections(records)]
    decoded.sort(key=lambda one: _begins_utc_ns(one, clocks))
    collected = _Collected(clocks, carried_slope_ppb)
    for connection, spacing in zip(decoded, _find_spacings(decoded, asked_hz), strict=True):
        collected.add(connection, spacing)
    return collected.finish()


def _begins_utc_ns(one: DecodedConnection, clocks: Mapping[BootId, GatewayClock]) -> int:
    arrivals_ns = one.frames.arrivals_ns if len(one.frames) else one.refused_arrivals_ns
    return clocks[one.boot_id].place(int(arrivals_ns[0]))


def _find_spacings(
    decoded: Sequence[DecodedConnection], asked_hz: int | None
) -> list[Spacing | None]:
    """Of each connection; a lone frame has that of the connection before it, or else after it."""
    found = [estimate_spacing(one.frames, asked_hz) if len(one.frames) else None for one in decoded]
    known = [at for at, spacing in enumerate(found) if spacing is not None]
    for at, spacing in enumerate(found):
        if spacing is None and known:
            earlier = [one for one in known if one < at]
            found[at] = found[earlier[-1] if earlier else known[0]]
    return found


@dataclass(slots=True)
class _Collected:
    """What was timed so far, in the order of time."""

    clocks: Mapping[BootId, GatewayClock]
    carried_ppb: int | None
    times: list[Ints] = field(default_factory=list)
    samples: list[NDArray[np.float32]] = field(default_factory=list)
    segments: list[TimedSegment] = field(default_factory=list)
    gaps: list[SampleGap] = field(default_factory=list)
    boots: list[BootId] = field(default_factory=list)
    last: PlacedSegment | None = None
    n_samples: int = 0
    tally: FrameTally = FrameTally()

    def add(self, connection: DecodedConnection, spacing: Spacing | None) -> None:
        if connection.boot_id not in self.boots:
            self.boots.append(connection.boot_id)
        n_refused, n_frames = connection.refused_arrivals_ns.size, len(connection.frames)
        self.tally += FrameTally(n_repeated=connection.n_repeated, n_refused=n_refused)
        if spacing is None or n_frames == 0:
            self.tally += FrameTally(n_untimed=n_frames)
            return
        timed = time_connection(connection.frames, spacing, self.carried_ppb)
        for number, segment in enumerate(timed.segments):
            self._add_segment(connection, segment, number)
        self.carried_ppb = timed.segments[-1].clock.known_slope_ppb
        n_timed = sum(segment.places.size for segment in timed.segments)
        self.tally += FrameTally(n_timed, timed.n_repeated, timed.n_backward)

    def _add_segment(self, connection: DecodedConnection, times: SegmentTimes, number: int) -> None:
        boot_id, frames = connection.boot_id, connection.frames
        offset_ns = self.clocks[boot_id].offset_ns
        arrivals_ns = frames.arrivals_ns[times.places]
        if number == 0 and self._was_set(boot_id, times, arrivals_ns):
            times = warn(times, ClockWarning.CLOCK_STEP)
        placed = PlacedSegment(times, arrivals_ns, offset_ns, connection.refused_arrivals_ns)
        if self.last is not None:
            cause = self._find_cause(boot_id, number)
            self.gaps.append(measure_gap_between(self.last, placed, cause))
        self.gaps += find_gaps_inside(placed)
        self.last = placed
        kept = _find_kept(times, connection.n_kept)
        self.times.append(times.times_ns[kept] + offset_ns)
        self.samples.append(connection.samples_mg[_find_rows(times, connection.n_kept)])
        end = self.n_samples + self.times[-1].size
        spacing, clock = times.spacing, times.clock
        segment = TimedSegment(
            boot_id, self.n_samples, end, spacing.rate_hz, spacing.nominal_hz, clock
        )
        self.segments.append(segment)
        self.n_samples = end

    def _was_set(self, boot_id: BootId, times: SegmentTimes, arrivals_ns: Ints) -> bool:
        """Whether the strap's clock is another one than in the connection before."""
        if self.last is None or boot_id != self.segments[-1].boot_id:
            return False
        before, now = self.last.times.clock, times.clock
        passed_ns = int(arrivals_ns[0] - self.last.arrivals_ns[0])
        limit_ns = UNSURE_NS + passed_ns * WANDER_PPB[SlopeSource.HELD] // PPB
        return abs(now.offset_ns - before.offset_ns) > limit_ns

    def _find_cause(self, boot_id: BootId, number: int) -> GapCause:
        if boot_id != self.segments[-1].boot_id:
            return GapCause.NEW_BOOT
        return GapCause.CLOCK_STEP if number else GapCause.RECONNECT

    def finish(self) -> TimedAcceleration:
        lengths = [one.end - one.first for one in self.segments]
        steps: list[WallStep] = []
        for boot_id in self.boots:
            steps += self.clocks[boot_id].wall_steps
        return TimedAcceleration(
            np.concatenate([np.zeros(0, dtype=np.int64), *self.times]),
            np.concatenate([np.zeros((0, AXES), dtype=np.float32), *self.samples]),
            np.repeat(np.arange(len(lengths), dtype=np.int32), lengths),
            tuple(self.segments),
            tuple(self.gaps),
            tuple(steps),
            self.tally,
            self.carried_ppb,
        )


def _find_kept(times: SegmentTimes, n_kept: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Of all announced samples (N,) those that are there: the first of each frame."""
    starts = np.cumsum(times.n_samples) - times.n_samples
    places = np.arange(times.times_ns.size) - np.repeat(starts, times.n_samples)
    return places < np.repeat(n_kept[times.places], times.n_samples)


def _find_rows(times: SegmentTimes, n_kept: Ints) -> Ints:
    """Rows of the connection's samples that are this segment's."""
    starts, kept = (np.cumsum(n_kept) - n_kept)[times.places], n_kept[times.places]
    shift = starts - (np.cumsum(kept) - kept)
    rows: Ints = np.arange(int(kept.sum())) + np.repeat(shift, kept)
    return rows
