"""How far apart a strap's samples really are, by its own stamps."""

from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

from protocol.ble.pmd.timing import LOSS_LIMIT_NS
from server.decoding.clocks.frames import NS_PER_S, Flags, FrameTimes, Ints

Floats = NDArray[np.float64]

# Rates that straps offer: H10 and OH1 25 to 200, Verity Sense and Movesense 26 to 416 (Hz).
RATES_HZ = (25, 26, 50, 52, 100, 104, 200, 208, 416)
# The vendor speaks of up to 1 % (polar-ble-sdk issue 580); some wander and the clock come on top.
RATE_ERROR_LIMIT = 0.0105
# Wider than the error, narrower than from 25 to 26 Hz.
_SAME_RATE_WITHIN = 0.03
_SLOWEST_NS, _FASTEST_NS = 200e6, 0.5e6  # 5 Hz and 2 kHz: no accelerometer in a strap is beyond
# Loss only lengthens the way between two stamps: the shortest ways are those without.
_WITHOUT_LOSS_PCT = 10
_INTERVAL_BITS = 50  # 13 days: times twice the samples of a frame it still fits 64 bits
_FEWEST_WAYS = 5  # fewer may all have lost something: then what was asked for is more likely


@dataclass(frozen=True, slots=True)
class Spacing:
    """The fraction `interval_ns` / `n_intervals` between two samples.

    `nominal_hz`: the rate that was asked for or that it must be, None where none fits.
    """

    interval_ns: int
    n_intervals: int
    nominal_hz: int | None = None

    @property
    def rate_hz(self) -> float:
        """Samples a second of the strap's own clock."""
        return self.n_intervals * NS_PER_S / self.interval_ns

    @property
    def is_as_asked(self) -> bool:
        """Whether the rate is within a strap's error of the nominal one."""
        if self.nominal_hz is None:
            return False
        return abs(self.rate_hz / self.nominal_hz - 1.0) <= RATE_ERROR_LIMIT

    def span_ns(self, n_intervals: Ints) -> Ints:
        """So many intervals each, rounded half up."""
        twice = 2 * n_intervals * self.interval_ns + self.n_intervals
        spans_ns: Ints = twice // (2 * self.n_intervals)
        return spans_ns

    def count_in(self, times_ns: Ints) -> Ints:
        """How many intervals fit into each time, to the nearest."""
        counts: Ints = np.rint(times_ns * (self.n_intervals / self.interval_ns)).astype(np.int64)
        return counts


def ask_spacing(rate_hz: int) -> Spacing:
    """That of a rate without error."""
    return Spacing(NS_PER_S, rate_hz, rate_hz)


def estimate_spacing(frames: FrameTimes, expected: Spacing | None = None) -> Spacing | None:
    """From the stamps of frames that follow each other without loss.

    `expected`: what was asked for, or what the same strap had at other times. It stands where a
    few frames, or stamps that make no sense, say nothing better; None where nothing is expected.
    """
    ways_ns, counts = np.diff(frames.stamps_ns), frames.n_samples[1:]
    each_ns = ways_ns / counts
    usable = (each_ns >= _FASTEST_NS) & (each_ns <= _SLOWEST_NS)
    typical_ns = _find_typical(each_ns[usable], expected)
    if typical_ns is None:
        return expected
    whole = usable & (np.abs(each_ns / typical_ns - 1.0) <= _SAME_RATE_WITHIN)
    nominal_hz = expected.nominal_hz if expected is not None else _find_nominal(typical_ns)
    return _reduce(int(ways_ns[whole].sum()), int(counts[whole].sum()), nominal_hz)


def refine_spacing(frames: FrameTimes, follows: Flags, rough: Spacing) -> Spacing:
    """The same from those frames of one clock segment that follow the one before."""
    ways_ns = np.diff(frames.stamps_ns)[follows[1:]]
    if ways_ns.size == 0:
        return rough
    n_intervals = int(frames.n_samples[1:][follows[1:]].sum())
    return _reduce(int(ways_ns.sum()), n_intervals, rough.nominal_hz)


def measure_gaps(ways_ns: Ints, filled_ns: Ints) -> tuple[Ints, Flags]:
    """Of each way between two stamps: what its samples don't fill, and whether that is nothing.

    `filled_ns`: what the samples of the later frame take. A gap of more than half a frame or 25 ms
    is loss, a duplicate or a clock that was set.
    """
    gaps_ns = ways_ns - filled_ns
    follows = (2 * np.abs(gaps_ns) <= filled_ns) & (np.abs(gaps_ns) <= LOSS_LIMIT_NS)
    return gaps_ns, follows & (ways_ns > 0)


def _find_typical(each_ns: Floats, expected: Spacing | None) -> float | None:
    if expected is not None:
        expected_ns = expected.interval_ns / expected.n_intervals
        if (np.abs(each_ns / expected_ns - 1.0) <= _SAME_RATE_WITHIN).any():
            return expected_ns
        if each_ns.size < _FEWEST_WAYS:
            return None
    if each_ns.size == 0:
        return None
    return float(np.percentile(each_ns, _WITHOUT_LOSS_PCT, method="lower"))


def _find_nominal(each_ns: float) -> int | None:
    rate_hz = NS_PER_S / each_ns
    nearest_hz = min(RATES_HZ, key=lambda one: abs(rate_hz / one - 1.0))
    return nearest_hz if abs(rate_hz / nearest_hz - 1.0) <= _SAME_RATE_WITHIN else None


def _reduce(interval_ns: int, n_intervals: int, nominal_hz: int | None) -> Spacing:
    divisor = gcd(interval_ns, n_intervals)
    interval_ns, n_intervals = interval_ns // divisor, n_intervals // divisor
    spare_bits = max(0, interval_ns.bit_length() - _INTERVAL_BITS)
    return Spacing(interval_ns >> spare_bits, n_intervals >> spare_bits, nominal_hz)
