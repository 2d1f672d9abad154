"""What was measured of epochs that are over, until they are asked for."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from server.dose.movement.epoch_grid import EpochGrid, Places, Spans
from server.dose.movement.epochs import LEAST_COVERAGE, Epochs, explain_missing

Floats = NDArray[np.float64]


@dataclass(slots=True)
class FinishedEpochs:
    """Some numbers an epoch: 17,280 of them are a day."""

    _grid: EpochGrid
    _present: list[tuple[Places, Places, Places]] = field(default_factory=list)
    _heard: list[tuple[Places, Floats, Floats, Places, Places]] = field(default_factory=list)

    def count(self, spans: Spans, n_samples: int, measured: NDArray[np.bool_] | None) -> None:
        """How many samples each epoch has at all, and how many of these are zero-filled.

        `measured` are those that aren't, None if all.
        """
        n_present = np.diff(np.append(spans.starts, n_samples))
        n_dropped = np.zeros(len(spans.starts), dtype=np.int64)
        if measured is not None:
            n_dropped = np.add.reduceat(~measured, spans.starts, dtype=np.int64)
        self._present.append((spans.numbers, n_present, n_dropped))

    def add(
        self, numbers: Places, enmo_mg: Floats, mad_mg: Floats, n_heard: Places, n_clipped: Places
    ) -> None:
        """Of epochs of which anything was heard; each (E,)."""
        self._heard.append((numbers, enmo_mg, mad_mg, n_heard, n_clipped))

    def collect(self) -> Epochs:
        """Without holes: an epoch between others that nothing was heard of is missing.

        The last one isn't among them where the recording ends too early in it.
        """
        if not self._present:
            return self._lay_out(0, 0)
        first = int(self._present[0][0][0])
        numbers, n_present, _ = self._present[-1]
        cut_short = n_present[-1] < LEAST_COVERAGE * self._grid.samples_per_epoch
        return self._lay_out(first, int(numbers[-1]) + (not cut_short))

    def _lay_out(self, first: int, end: int) -> Epochs:
        n_epochs = end - first
        enmo_mg, mad_mg = np.full(n_epochs, np.nan), np.full(n_epochs, np.nan)
        n_heard, n_clipped, n_zero = np.zeros((3, n_epochs))
        for table, rows in (
            (self._heard, (enmo_mg, mad_mg, n_heard, n_clipped)),
            (self._present, (np.zeros(n_epochs), n_zero)),
        ):
            if not table:
                continue
            numbers, *columns = (np.concatenate(column) for column in zip(*table, strict=True))
            some = numbers < end
            for row, column in zip(rows, columns, strict=True):
                row[numbers[some] - first] = column[some]
        return self._explain(first, (enmo_mg, mad_mg), (n_heard, n_zero, n_clipped))

    def _explain(
        self, first: int, means_mg: tuple[Floats, Floats], counts: tuple[Floats, Floats, Floats]
    ) -> Epochs:
        n_heard, n_zero, n_clipped = counts
        n_per_epoch = self._grid.samples_per_epoch
        coverage = np.minimum(n_heard / n_per_epoch, 1.0)
        zero_filled = np.minimum(n_zero / n_per_epoch, 1.0)
        clipped = n_clipped / np.maximum(n_heard, 1)
        missing = tuple(explain_missing(coverage, zero_filled, clipped))
        unusable = np.array([reason is not None for reason in missing], dtype=np.bool_)
        for values_mg in means_mg:
            values_mg[unusable] = np.nan
        start_s = self._grid.origin_s + first * self._grid.epoch_s
        return Epochs(
            self._grid.epoch_s, start_s, *means_mg, coverage, zero_filled, clipped, missing
        )
