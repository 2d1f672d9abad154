"""From samples, block by block, to epochs: in the memory of one block, however long it goes on."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from server.dose.movement.calibration import Calibration
from server.dose.movement.clipping import count_clipped
from server.dose.movement.dropouts import count_shortest_dropout, find_dropouts
from server.dose.movement.epoch_grid import EpochGrid, Spans
from server.dose.movement.epochs import Epochs
from server.dose.movement.finished import FinishedEpochs
from server.dose.movement.norm_means import AXES, NormMeter

Samples = NDArray[np.floating] | NDArray[np.signedinteger]
Mask = NDArray[np.bool_]


@dataclass(slots=True)
class _Pending:
    """Samples whose epochs may not be over, and which of them are known to be drop-outs, if any."""

    samples: Samples
    spans: Spans
    dropped: Mask | None


class EpochStream:
    """Takes blocks of samples (n, 3) in mg in the order of time, all of one dtype.

    Gaps between blocks are gaps; a block that begins in an earlier epoch than the one before ended
    in raises ValueError. Not-a-numbers and drop-outs weren't heard. With `range_mg`, the full
    scale of the sensor, samples at its end count as clipped. Cheapest with blocks of some 100,000
    samples.
    """

    def __init__(
        self,
        grid: EpochGrid,
        calibration: Calibration | None = None,
        range_mg: float | None = None,
    ) -> None:
        self._grid, self._calibration = grid, calibration
        self._range_mg = self._next_range_mg = range_mg
        self._shortest_dropout = count_shortest_dropout(grid.rate_hz)
        self._meter: NormMeter | None = None
        self._room: NDArray[Any] | None = None
        self._pending: _Pending | None = None
        self._finished = FinishedEpochs(grid)

    def add(self, samples_mg: Samples, start_s: float) -> None:
        """Samples (n, 3) in mg at the grid's rate, the first at `start_s`."""
        if len(samples_mg):
            self._take(samples_mg, self._grid.locate_even(len(samples_mg), start_s))

    def add_stamped(self, samples_mg: Samples, times_s: NDArray[np.float64]) -> None:
        """Samples (n, 3) in mg at rising times (n,)."""
        if len(samples_mg):
            self._take(samples_mg, self._grid.locate_stamped(times_s))

    def change_range(self, range_mg: float | None) -> None:
        """Of blocks that come from now on; an epoch that goes on is judged by one of the two."""
        self._next_range_mg = range_mg

    def finish(self) -> Epochs:
        """All epochs from the first that was heard to the last that was heard for long enough."""
        if (rest := self._pending) is not None:
            self._measure(rest.samples, rest.spans, rest.dropped)
            self._pending = None
        return self._finished.collect()

    def _take(self, samples: Samples, spans: Spans) -> None:
        known = None
        if (before := self._pending) is not None:
            if spans.numbers[0] < before.spans.numbers[-1]:
                raise ValueError("samples come in the order of time")
            samples, spans, known = self._go_on(before, samples, spans)
        self._range_mg = self._next_range_mg
        dropped = self._find_dropped(samples, known)
        # An epoch is over once so much lies behind it that a drop-out at its end is told as one.
        n_begun = int(np.searchsorted(spans.starts, len(samples) - self._shortest_dropout, "right"))
        n_over = max(0, n_begun - 1)
        cut = int(spans.starts[n_over])
        self._measure(samples[:cut], spans.head(n_over), dropped)
        still_dropped = None if dropped is None else dropped[cut:].copy()
        self._pending = _Pending(samples[cut:].copy(), spans.tail(n_over), still_dropped)

    def _go_on(
        self, before: _Pending, samples: Samples, spans: Spans
    ) -> tuple[Samples, Spans, Mask | None]:
        """What is left to do, once pending epochs are over: the block from there on, uncopied."""
        n_before = len(before.samples)
        n_old = int(before.spans.numbers[-1] == spans.numbers[0])
        edge = int(spans.starts[n_old]) if n_old < len(spans.starts) else len(samples)
        seen = edge + self._shortest_dropout
        if seen > len(samples):
            joined = self._join(before.samples, samples)
            return joined, spans.shift(n_before).after(before.spans), before.dropped
        joined = self._join(before.samples, samples[:seen])
        dropped = self._find_dropped(joined, before.dropped)
        self._measure(joined[: n_before + edge], before.spans, dropped)
        known = None if dropped is None else dropped[n_before + edge :]
        return samples[edge:], spans.tail(n_old), known

    def _find_dropped(self, samples: Samples, known: Mask | None) -> Mask | None:
        """Which are drop-outs; of the first ones some are known to be from what came before."""
        dropped = find_dropouts(samples, self._shortest_dropout)
        if known is not None and known.any():
            dropped = np.zeros(len(samples), dtype=np.bool_) if dropped is None else dropped
            dropped[: len(known)] |= known
        return dropped

    def _join(self, before: Samples, samples: Samples) -> Samples:
        """Both, in memory that the next block uses again: fresh memory costs more than copying."""
        n_both = len(before) + len(samples)
        if self._room is None or len(self._room) < n_both:
            self._room = np.empty((n_both, AXES), samples.dtype)
        joined = self._room[:n_both]
        joined[: len(before)] = before
        joined[len(before) :] = samples
        return joined

    def _measure(self, samples: Samples, spans: Spans, dropped: Mask | None) -> None:
        """Epochs that are over; `dropped` may go on behind them."""
        if not len(samples):
            return
        heard = None if dropped is None else ~dropped[: len(samples)]
        self._finished.count(spans, len(samples), heard)
        if samples.dtype.kind == "f" and not np.isfinite(samples).all():
            finite = np.asarray(np.isfinite(samples).all(axis=1))
            heard = finite if heard is None else heard & finite
        if heard is not None:
            samples, spans = _keep(samples, spans, heard)
        if not len(samples):
            return
        if self._meter is None:
            self._meter = NormMeter(samples.dtype, self._calibration)
        enmo_mg, mad_mg = self._meter.measure(samples, spans.starts)
        clipped = count_clipped(samples, spans.starts, self._range_mg)
        n_heard = np.diff(np.append(spans.starts, len(samples)))
        self._finished.add(spans.numbers, enmo_mg, mad_mg, n_heard, clipped)


def _keep(samples: Samples, spans: Spans, heard: Mask) -> tuple[Samples, Spans]:
    """Only the heard samples, and the epochs that have any."""
    n_before = np.append(0, np.cumsum(heard))
    starts, ends = n_before[spans.starts], n_before[np.append(spans.starts[1:], len(heard))]
    some = ends > starts
    return samples[heard], Spans(spans.numbers[some], starts[some])
