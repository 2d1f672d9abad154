"""Samples of one stretch of time on an even grid, with holes where nothing was heard. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from server.decoding.clocks.frames import NS_PER_MS, NS_PER_S
from server.dose.sensed.evening_times import Interval
from server.projection.person_streams import MovementPiece


@dataclass(frozen=True, slots=True)
class EvenSamples:
    """(n, 3) in mg at `rate_hz` from the interval's first moment on; NaN where nothing came."""

    samples_mg: NDArray[np.float64]
    rate_hz: float

    @property
    def heard_s(self) -> float:
        """How much of it isn't a hole."""
        return float(np.isfinite(self.samples_mg[:, 0]).sum()) / self.rate_hz


def cut_interval(pieces: Sequence[MovementPiece], interval: Interval) -> EvenSamples | None:
    """From pieces in the order of their times; None where none of them is in the interval.

    Samples that follow each other stay neighbours, however the strap's rate is off: a hole is
    where one is missing. Where the rate changed, the one that came first is taken.
    """
    from_ns, until_ns = interval.from_ms * NS_PER_MS, interval.until_ms * NS_PER_MS
    inside = [
        (piece, slice(*np.searchsorted(piece.utc_ns, [from_ns, until_ns]).tolist()))
        for piece in pieces
    ]
    found = [(piece, part) for piece, part in inside if part.start < part.stop]
    if not found:
        return None
    first = found[0][0]
    same = [(piece, part) for piece, part in found if piece.rate_hz == first.rate_hz]
    utc_ns = np.concatenate([piece.utc_ns[part] for piece, part in same])
    places = _place(utc_ns - from_ns, first.sampled_hz)
    n_places = max(round(interval.seconds * first.sampled_hz), int(places[-1]) + 1)
    samples_mg = np.full((n_places, 3), np.nan)
    samples_mg[places] = np.concatenate([piece.samples_mg[part] for piece, part in same])
    return EvenSamples(samples_mg, first.sampled_hz)


def _place(since_ns: NDArray[np.int64], rate_hz: float) -> NDArray[np.int64]:
    """Places that rise, (n,), of samples at rising times."""
    steps = np.rint(np.diff(since_ns) * (rate_hz / NS_PER_S)).astype(np.int64)
    start = int(since_ns[0] * rate_hz / NS_PER_S)
    return np.concatenate([[start], start + np.cumsum(np.maximum(steps, 1))])
