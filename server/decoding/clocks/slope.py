"""How fast a strap's clock and its gateway's part, once there is enough to say so."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from server.decoding.clocks.frames import NS_PER_S, PPB, Ints

# Measured on H10 nights: |slope| of short fits is off by a median of 1208 ppm below a minute, of
# 43 ppm at 10 to 20 min, and settles at 20 ppm above 40 min.
ENOUGH_NS = 40 * 60 * NS_PER_S
_BIN_NS = 10 * NS_PER_S
_MOST_BINS = 256  # pairs of bins are looked at: longer streams have longer bins
_MOST_PPB = 200_000  # ten times what a crystal is rated for: a steeper line is no clock's
_FEWEST_BINS = 60  # ten minutes of data somewhere in the forty


class SlopeSource(StrEnum):
    """Where a slope comes from."""

    HELD = "held"  # zero: too little data of its own, and none before
    CARRIED = "carried"  # the same strap's last fitted one
    FITTED = "fitted"


# What a crystal may differ from the slope that is used: any watch crystal (20 ppm each, and a
# stamp grid of 14) from none at all; the same one on another day; the same one in the same hour.
WANDER_PPB = {
    SlopeSource.HELD: 100_000,
    SlopeSource.CARRIED: 50_000,
    SlopeSource.FITTED: 20_000,
}


@dataclass(frozen=True, slots=True)
class Slope:
    """Billionths by which gateway time runs faster than the strap's stamps."""

    ppb: int
    source: SlopeSource

    @property
    def known_ppb(self) -> int | None:
        """To carry to the same strap's next clock; None while none was ever fitted."""
        return None if self.source is SlopeSource.HELD else self.ppb


def choose_slope(stamps_ns: Ints, excess_ns: Ints, carried_ppb: int | None) -> Slope:
    """Fitted to 40 min of data or more, else the last one known, else none.

    `excess_ns` (F,) is arrival minus stamp. Fitted is the median slope between the least excesses
    of 10 s each (Theil 1950, Sen 1968), which up to 29 % of bad bins don't move far.
    """
    fitted_ppb = _fit(stamps_ns, excess_ns)
    if fitted_ppb is not None:
        return Slope(fitted_ppb, SlopeSource.FITTED)
    if carried_ppb is not None:
        return Slope(carried_ppb, SlopeSource.CARRIED)
    return Slope(0, SlopeSource.HELD)


def _fit(stamps_ns: Ints, excess_ns: Ints) -> int | None:
    elapsed_ns = stamps_ns - stamps_ns[0]
    span_ns = int(elapsed_ns[-1])
    if span_ns < ENOUGH_NS:
        return None
    bins = elapsed_ns // max(_BIN_NS, span_ns // _MOST_BINS)
    starts = np.flatnonzero(np.diff(bins, prepend=-1))
    if starts.size < _FEWEST_BINS:
        return None
    least_ns = np.minimum.reduceat(excess_ns - excess_ns[0], starts)
    one, other = np.triu_indices(starts.size, k=1)
    ways_ns = elapsed_ns[starts[other]] - elapsed_ns[starts[one]]
    ppb = round(float(np.median((least_ns[other] - least_ns[one]) / ways_ns)) * PPB)
    return ppb if abs(ppb) <= _MOST_PPB else None
