"""What the clock fits know of a stream: one entry a frame, whole nanoseconds throughout."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NS_PER_S = 1_000_000_000
NS_PER_MS = 1_000_000
PPB = 1_000_000_000
_NS_PER_US = 1_000
_PPB_PER_US = PPB // _NS_PER_US

# A stamp counts from 2000; beyond the year 2073 it is no clock, and differences might not fit.
LAST_STAMP_NS = 2**61


@dataclass(frozen=True, slots=True)
class FrameTimes:
    """F frames of one stream in the order of their arrival, int64 (F,) each.

    `stamps_ns`: the strap's clock at the last sample. `arrivals_ns`: the gateway's monotonic clock,
    never falling. `n_samples`: above zero.
    """

    stamps_ns: Ints
    arrivals_ns: Ints
    n_samples: Ints

    def __len__(self) -> int:
        return self.stamps_ns.size

    def take(self, places: Ints | slice) -> "FrameTimes":
        """The frames at these places."""
        return FrameTimes(self.stamps_ns[places], self.arrivals_ns[places], self.n_samples[places])


def scale_ppb(elapsed_ns: Ints, ppb: int) -> Ints:
    """That many billionths of each time, rounded down. Fits for a year at 200 ppm."""
    scaled: Ints = elapsed_ns // _NS_PER_US * ppb // _PPB_PER_US
    return scaled
