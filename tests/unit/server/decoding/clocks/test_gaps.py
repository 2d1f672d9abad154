"""Gaps between segments, by hand: frames of four samples 5 ms apart."""

from dataclasses import replace

import numpy as np
import pytest

from protocol.identifiers import BootId
from server.decoding.clocks.gaps import PlacedSegment, find_gaps_inside, measure_gap_between
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.clocks.spacing import Spacing
from server.decoding.clocks.stream_times import time_stream
from server.decoding.clocks.timed import SampleGap, SampleGapCause
from tests.unit.server.decoding.clocks.frame_times import ARRIVAL_NS, make_frames

MS_NS = 1_000_000
UTC_NS = 1_763_800_000_000_000_001
SPACING = Spacing(5 * MS_NS, 1, 200)
CLOCK = GatewayClock(BootId("a"), UTC_NS - ARRIVAL_NS, ())


def place(
    ends_ms: list[float],
    connection: int = 0,
    clock: GatewayClock = CLOCK,
    refused_ms: tuple[float, ...] = (),
) -> PlacedSegment:
    """Frames that arrive at once, so that gateway times are known to the nanosecond."""
    frames = make_frames(ends_ms, ends_ms, n_samples=4)
    numbers = np.full(len(ends_ms), connection)
    (times,) = time_stream(frames, numbers, [SPACING] * (connection + 1)).segments
    refused_ns = ARRIVAL_NS + np.array([round(one * MS_NS) for one in refused_ms], dtype=np.int64)
    return PlacedSegment(times, clock, frames.arrivals_ns, frames.n_samples, refused_ns)


def test_a_hole_lies_between_the_samples_around_it() -> None:
    """Samples end at 40 ms and go on at 105 ms; 45 to 100 ms are missing."""
    expected = SampleGap(SampleGapCause.LOST, UTC_NS + 40 * MS_NS, UTC_NS + 105 * MS_NS, 12)
    assert find_gaps_inside(place([20, 40, 120, 140])) == [expected]
    assert find_gaps_inside(place([20, 40, 60])) == []


def test_the_end_of_a_frame_that_was_cut_off() -> None:
    """Of 25, 30, 35 and 40 ms the first one is there."""
    placed = replace(place([20, 40, 120]), n_kept=np.array([4, 1, 4]))
    cut = SampleGap(SampleGapCause.UNREADABLE, UTC_NS + 25 * MS_NS, UTC_NS + 40 * MS_NS, 3)
    lost = SampleGap(SampleGapCause.LOST, UTC_NS + 40 * MS_NS, UTC_NS + 105 * MS_NS, 12)
    assert find_gaps_inside(placed) == [cut, lost]


@pytest.mark.parametrize(("at_ms", "cause"), [(70, "unreadable"), (30, "lost"), (130, "lost")])
def test_a_frame_that_came_there_unreadable_is_the_cause(at_ms: float, cause: str) -> None:
    (gap,) = find_gaps_inside(place([20, 40, 120, 140], refused_ms=(at_ms,)))
    assert gap.cause == cause


@pytest.mark.parametrize(
    ("ends_ms", "n_lost"),
    [(60, 0), (50, 0), (70, 0), (75, 3), (120, 12)],  # up to half a frame is none
)
def test_between_segments_the_gateways_clock_tells(ends_ms: float, n_lost: int) -> None:
    before, after = place([20, 40]), place([ends_ms, ends_ms + 20])
    gap = measure_gap_between(before, after)
    first_ns = UTC_NS + round((ends_ms - 15) * MS_NS)
    assert gap == SampleGap(SampleGapCause.CLOCK_STEP, UTC_NS + 40 * MS_NS, first_ns, n_lost)


def test_causes_between_segments() -> None:
    before, other = place([20, 40]), GatewayClock(BootId("b"), CLOCK.offset_ns, ())
    reconnected, booted = place([120, 140], connection=1), place([120, 140], clock=other)
    assert measure_gap_between(before, reconnected).cause is SampleGapCause.RECONNECT
    assert measure_gap_between(before, booted).cause is SampleGapCause.NEW_BOOT
