"""Samples of one stretch of time on an even grid, with holes where nothing was heard. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.sensed.evening_times import Interval
from server.projection.person_streams import MovementPiece

_NS_PER_MS: Final = 1_000_000
_NS_PER_S: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class EvenSamples:
    """(n, 3) in mg at `rate_hz` from the interval's first moment on; NaN where nothing came."""

    samples_mg: NDArray[np.float64]
    rate_hz: int


def cut_interval(pieces: Sequence[MovementPiece], interval: Interval) -> EvenSamples | None:
    """From pieces in the order of their times; None where none of them is in the interval.

    Where the rate changed in it, the rate that came first is taken.
    """
    from_ns, until_ns = interval.from_ms * _NS_PER_MS, interval.until_ms * _NS_PER_MS
    inside = [
        (piece, slice(*np.searchsorted(piece.utc_ns, [from_ns, until_ns]).tolist()))
        for piece in pieces
    ]
    found = [(piece, part) for piece, part in inside if part.start < part.stop]
    if not found:
        return None
    rate_hz = found[0][0].rate_hz
    samples_mg = np.full((round(interval.seconds * rate_hz), 3), np.nan)
    for piece, part in found:
        if piece.rate_hz == rate_hz:
            places = (piece.utc_ns[part] - from_ns) * rate_hz // _NS_PER_S
            fits = places < len(samples_mg)
            samples_mg[places[fits]] = piece.samples_mg[part][fits]
    return EvenSamples(samples_mg, rate_hz)
