"""Moments of samples: whole nanoseconds at 6e17, equal to `protocol.ble.pmd.timing`, rising."""

from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol.ble.pmd.timing import place_samples, sample_times_at_rate
from server.decoding.clocks.frames import NS_PER_MS, FrameTimes, Ints
from server.decoding.clocks.sample_times import compute_sample_times
from server.decoding.clocks.spacing import Spacing, measure_gaps
from server.decoding.clocks.stream_times import check_clock, time_stream
from tests.unit.server.decoding.clocks.frame_times import ARRIVAL_NS, FIRST_STAMP_NS

TWO_HUNDRED = Spacing(5_000_000, 1, 200)


def ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def test_by_hand() -> None:
    """Counted back at the spacing, then evenly; 10 ns for three are 3.33 each, half up."""
    follows = np.array([False, True, False])
    spacing = Spacing(7, 2)
    times_ns = compute_sample_times(ints([100, 110, 200]), ints([3, 3, 2]), follows, spacing)
    assert times_ns.tolist() == [93, 96, 100, 103, 107, 110, 196, 200]


def test_a_stamp_that_no_float_holds() -> None:
    """At 6e17 neighbours of a double are 128 ns apart."""
    end_ns = FIRST_STAMP_NS + 1
    assert int(float(end_ns)) != end_ns
    times_ns = compute_sample_times(ints([end_ns]), ints([2]), np.array([False]), TWO_HUNDRED)
    assert times_ns.tolist() == [end_ns - 5_000_000, end_ns]


ways = st.lists(
    st.tuples(st.integers(1, 73), st.integers(-24_000_000, 24_000_000), st.integers(0, 5)),
    min_size=1,
    max_size=12,
)


@given(ways, st.integers(0, 2**61 - 2**40), st.integers(4_900_000, 5_100_000), st.integers(1, 9))
def test_equal_to_the_scalar_decoder(
    frames: list[tuple[int, int, int]], first_ns: int, interval_ns: int, n_intervals: int
) -> None:
    """Frame by frame, with loss (whole frames) and a stamp that wanders."""
    spacing = Spacing(interval_ns * n_intervals + 1, n_intervals)
    stamps_ns = [first_ns + 10**9]
    expected: list[int] = []
    n_samples = [n for n, _, _ in frames]
    expected += sample_times_at_rate_of(stamps_ns[0], n_samples[0], spacing)
    for n, jitter_ns, n_missing in frames[1:]:
        whole_ns = int(spacing.span_ns(ints([n]))[0])
        way_ns = max(1, whole_ns * (1 + n_missing) + jitter_ns)
        placed = place_samples(
            stamps_ns[-1], stamps_ns[-1] + way_ns, n, spacing.interval_ns, spacing.n_intervals
        )
        stamps_ns.append(stamps_ns[-1] + way_ns)
        expected += placed.times_ns
    counts = ints(n_samples)
    _, later_follow = measure_gaps(np.diff(ints(stamps_ns)), spacing.span_ns(counts[1:]))
    follows = np.concatenate([[False], later_follow])
    times_ns = compute_sample_times(ints(stamps_ns), counts, follows, spacing)
    assert times_ns.tolist() == expected


def sample_times_at_rate_of(stamp_ns: int, n_samples: int, spacing: Spacing) -> tuple[int, ...]:
    """The decoder takes a whole rate for the first frame: scaled so that it is the fraction."""
    if spacing == TWO_HUNDRED:
        return sample_times_at_rate(stamp_ns, n_samples, 200)
    long_ago_ns = stamp_ns - 10**9
    return place_samples(
        long_ago_ns, stamp_ns, n_samples, spacing.interval_ns, spacing.n_intervals
    ).times_ns


@dataclass(frozen=True)
class Trouble:
    """What comes before a frame: frames lost, the clock set, delay of the link."""

    n_lost: int = 0
    step_ns: int = 0
    delay_ns: int = 0
    again: bool = False
    opens: bool = False


troubles = st.builds(
    Trouble,
    n_lost=st.sampled_from([0] * 9 + [1, 2, 300]),
    step_ns=st.sampled_from([0] * 30 + [10**8, -(10**8), 241_586_764 * 10**9, -(10**15)]),
    delay_ns=st.integers(0, 60 * NS_PER_MS) | st.integers(0, 5_000 * NS_PER_MS),
    again=st.sampled_from([False] * 20 + [True]),
    opens=st.sampled_from([False] * 20 + [True]),
)


def play(found: list[Trouble], n_samples: int) -> tuple[FrameTimes, Ints]:
    """Frames as they arrive, and the number of each one's connection."""
    stamp_ns, sent_ns, arrived_ns = FIRST_STAMP_NS + 10**16, ARRIVAL_NS, ARRIVAL_NS
    stamps_ns, arrivals_ns = [], []
    for trouble in found:
        if not trouble.again:
            way_ns = n_samples * 5_000_000 * (1 + trouble.n_lost)
            sent_ns += way_ns
            stamp_ns += way_ns + trouble.step_ns
        arrived_ns = max(arrived_ns, sent_ns + trouble.delay_ns)
        stamps_ns.append(stamp_ns)
        arrivals_ns.append(arrived_ns)
    frames = FrameTimes(ints(stamps_ns), ints(arrivals_ns), ints([n_samples] * len(found)))
    opens = ints([trouble.opens for trouble in found])
    return frames, np.cumsum(opens) - opens[0]


@settings(max_examples=200)
@given(st.lists(troubles, min_size=1, max_size=60), st.integers(1, 40))
def test_whatever_comes_times_rise_and_nothing_is_lost_or_doubled(
    found: list[Trouble], n_samples: int
) -> None:
    frames, connections = play(found, n_samples)
    spacings = [TWO_HUNDRED] * (int(connections[-1]) + 1)
    timed = time_stream(frames, connections, spacings)
    places = np.concatenate([segment.places for segment in timed.segments])
    assert places.size + timed.n_repeated + timed.n_backward == len(frames)
    assert (np.diff(places) > 0).all()
    for segment in timed.segments:
        assert segment.times_ns.size == segment.n_samples.sum()
        assert (np.diff(segment.times_ns) > 0).all()
        assert (segment.n_lost >= 0).all()
        # No sample was taken after it arrived.
        lasts = np.cumsum(segment.n_samples) - 1
        assert (segment.times_ns[lasts] <= frames.arrivals_ns[segment.places]).all()
        assert segment.clock.residual_p50_ms >= 0
    assert check_clock(frames.take(slice(0, 0))) is None
    assert check_clock(frames, asked_hz=200) is not None
