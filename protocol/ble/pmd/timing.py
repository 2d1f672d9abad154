"""When each sample of a frame was taken, on the strap's own clock. Integers throughout: stamps of
6e17 ns don't fit a float exactly.

Source: polar-ble-sdk, PmdTimeStampUtils.kt; the loss test is ours: spreading samples between two
stamps stretches them over any notification that was lost in between.
"""

from dataclasses import dataclass

from protocol.errors import SampleTimeError

NS_PER_S = 1_000_000_000
LOSS_LIMIT_NS = 25_000_000  # a hole above this is loss even in a long frame


@dataclass(frozen=True, slots=True)
class SampleTimes:
    """Nanoseconds of each sample, the last at the frame's stamp.

    `n_lost`: samples missing before this frame; negative for stamps that came too early
    (a duplicate, or a clock that was set back a little).
    """

    times_ns: tuple[int, ...]
    n_lost: int


def sample_times_at_rate(stamp_ns: int, n_samples: int, rate_hz: int) -> tuple[int, ...]:
    """Times of a stream's first frame, counted back at the nominal rate. Raises SampleTimeError."""
    if rate_hz <= 0:
        raise SampleTimeError("no delta can be derived: no frame before this one and no rate")
    return _count_back(stamp_ns, n_samples, NS_PER_S, rate_hz)


def sample_times_between(previous_ns: int, stamp_ns: int, n_samples: int) -> tuple[int, ...]:
    """Times spread evenly after the frame before this one. Raises SampleTimeError."""
    if stamp_ns <= previous_ns:
        raise SampleTimeError(f"frame at {stamp_ns} ns isn't after the one at {previous_ns} ns")
    return _count_back(stamp_ns, n_samples, stamp_ns - previous_ns, n_samples)


def place_samples(
    previous_ns: int, stamp_ns: int, n_samples: int, interval_ns: int, n_intervals: int = 1
) -> SampleTimes:
    """Times of a frame's samples, with loss before it told apart from a slow clock.

    The expected spacing is the fraction interval_ns / n_intervals. A gap of more than half a
    frame or 25 ms is loss: the samples are then counted back from the stamp at that spacing.
    Raises SampleTimeError.
    """
    if n_samples <= 0 or interval_ns <= 0 or n_intervals <= 0:
        raise SampleTimeError("a frame needs samples and a spacing above zero")
    if stamp_ns <= previous_ns:
        raise SampleTimeError(f"frame at {stamp_ns} ns isn't after the one at {previous_ns} ns")
    # Everything times n_intervals, so that no division rounds before the comparison.
    expected = n_samples * interval_ns
    gap = (stamp_ns - previous_ns) * n_intervals - expected
    if 2 * abs(gap) <= expected and abs(gap) <= LOSS_LIMIT_NS * n_intervals:
        return SampleTimes(sample_times_between(previous_ns, stamp_ns, n_samples), 0)
    times = _count_back(stamp_ns, n_samples, interval_ns, n_intervals)
    return SampleTimes(times, _round_half_up(gap, interval_ns))


def _count_back(
    stamp_ns: int, n_samples: int, interval_ns: int, n_intervals: int
) -> tuple[int, ...]:
    """Times ending at the stamp, interval_ns / n_intervals apart, each rounded on its own."""
    times = tuple(
        stamp_ns - _round_half_up(back * interval_ns, n_intervals)
        for back in range(n_samples - 1, -1, -1)
    )
    if times and times[0] < 0:
        raise SampleTimeError(f"first sample would be {-times[0]} ns before the strap's clock")
    return times


def _round_half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
