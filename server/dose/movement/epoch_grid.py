"""Which epoch each sample belongs to."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spans:
    """Samples one after the other: epoch `numbers[i]` begins at `starts[i]`; both rise."""

    numbers: Places
    starts: Places

    def shift(self, n_samples: int) -> "Spans":
        """The same with so many samples before them."""
        return Spans(self.numbers, self.starts + n_samples)

    def head(self, n_epochs: int) -> "Spans":
        """The first epochs."""
        return Spans(self.numbers[:n_epochs], self.starts[:n_epochs])

    def tail(self, n_epochs: int) -> "Spans":
        """All but the first epochs, where their samples are taken away."""
        starts = self.starts[n_epochs:]
        return Spans(self.numbers[n_epochs:], starts - starts[0])

    def after(self, before: "Spans") -> "Spans":
        """Both; an epoch that goes on is one. `self` is shifted behind the others already."""
        goes_on = int(before.numbers[-1] == self.numbers[0])
        return Spans(
            np.concatenate([before.numbers, self.numbers[goes_on:]]),
            np.concatenate([before.starts, self.starts[goes_on:]]),
        )


@dataclass(frozen=True, slots=True)
class EpochGrid:
    """Epoch k lasts from `origin_s + k * epoch_s`. A sample half an interval early is in it."""

    rate_hz: float
    epoch_s: float
    origin_s: float = 0.0

    @property
    def samples_per_epoch(self) -> float:
        """May be broken: 62.5 at 12.5 Hz."""
        return self.rate_hz * self.epoch_s

    def locate_even(self, n_samples: int, start_s: float) -> Spans:
        """Spans of samples (n > 0) at the grid's own rate from `start_s` on."""
        shift = (start_s - self.origin_s) * self.rate_hz + 0.5
        first = math.floor(shift / self.samples_per_epoch)
        last = math.floor((shift + n_samples - 1) / self.samples_per_epoch)
        numbers = np.arange(first, last + 1)
        starts = np.ceil(numbers * self.samples_per_epoch - shift).astype(np.int64)
        starts[0] = 0
        return Spans(numbers, starts)

    def locate_stamped(self, times_s: NDArray[np.float64]) -> Spans:
        """Spans of samples at rising times (n > 0,); epochs without one are left out."""
        shift = (times_s - self.origin_s) * self.rate_hz + 0.5
        numbers = np.floor(shift / self.samples_per_epoch).astype(np.int64)
        starts = np.append(0, np.flatnonzero(np.diff(numbers)) + 1)
        return Spans(numbers[starts], starts)
