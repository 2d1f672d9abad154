"""A recording cut where anything is missing: what filters and windows may run over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.movement.dropouts import count_shortest_dropout, find_dropouts

_GAP_FROM: Final = 1.5  # intervals between two samples: one is missing in between

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Samples (n, 3), n > 0, none of them missing, the first at `start_s`."""

    start_s: float
    samples: Floats


def split_stretches(samples: Floats, times_s: Floats, rate_hz: float) -> Iterator[Stretch]:
    """Stretches of samples (n, 3) at rising times (n,); not-a-numbers and drop-outs are missing."""
    heard = np.isfinite(samples).all(axis=1)
    if (dropped := find_dropouts(samples, count_shortest_dropout(rate_hz))) is not None:
        heard &= ~dropped
    kept = np.flatnonzero(heard)
    if not kept.size:
        return
    cuts = (np.diff(kept) > 1) | (np.diff(times_s[kept]) >= _GAP_FROM / rate_hz)
    for places in np.split(kept, np.flatnonzero(cuts) + 1):
        first, last = int(places[0]), int(places[-1])
        yield Stretch(float(times_s[first]), samples[first : last + 1])
