"""Heart-rate variability of NN intervals (Task Force 1996); differences only of those that follow.

A pair with an artefact or a gap between is no pair: joining what is left over would invent one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from server.dose.heart.coverage import HeardTime, find_missing
from server.dose.heart.nn_cleaning import FLAGGED_ABOVE, CleanedIntervals
from server.dose.heart.quality import Floats
from server.dose.quantity import Missing, Quantity

VARIABILITY_VERSION = 2  # raised when the same NN intervals give other numbers

PNN_MS: Final = 50.0  # Task Force 1996
MIN_PAIRS: Final = 20  # fewer say nothing; the study's own choice, about 20 s of heart beats


@dataclass(frozen=True, slots=True)
class Variability:
    """RMSSD and SDNN in ms, pNN50 in % of the pairs; coverage is the NN intervals' share of the
    time in which they were to be heard."""

    rmssd: Quantity
    sdnn: Quantity
    pnn50: Quantity


def compute_rmssd_ms(cleaned: CleanedIntervals) -> float:
    """Root of the mean squared difference, over at least one pair that follows."""
    return float(np.sqrt(np.mean(_list_differences_ms(cleaned) ** 2)))


def compute_sdnn_ms(cleaned: CleanedIntervals) -> float:
    """Standard deviation (n - 1) of at least two NN intervals."""
    return float(np.std(cleaned.nn_ms, ddof=1))


def compute_pnn50_pct(cleaned: CleanedIntervals) -> float:
    """Share of the pairs that follow and differ by more than 50 ms, over at least one pair."""
    return 100.0 * float(np.mean(np.abs(_list_differences_ms(cleaned)) > PNN_MS))


def measure_variability(cleaned: CleanedIntervals, expected_s: float) -> Variability:
    """Of the intervals of one stretch of so many seconds, above 0.

    Missing where too many were artefacts, or they cover too little of it, or too few are left.
    """
    heard = HeardTime(float(cleaned.nn_ms.sum()) / 1000, expected_s)
    coverage = heard.coverage
    missing = _find_missing(cleaned, heard)
    flags = ("artefacts",) if (cleaned.artefact_share or 0.0) > FLAGGED_ABOVE else ()

    def tell(compute: Callable[[CleanedIntervals], float], unit: str) -> Quantity:
        if missing is not None:
            return Quantity.missing_for(missing, unit, VARIABILITY_VERSION, coverage)
        return Quantity(compute(cleaned), unit, VARIABILITY_VERSION, coverage, flags=flags)

    return Variability(
        tell(compute_rmssd_ms, "ms"), tell(compute_sdnn_ms, "ms"), tell(compute_pnn50_pct, "%")
    )


def _list_differences_ms(cleaned: CleanedIntervals) -> Floats:
    return np.diff(cleaned.rr_ms)[cleaned.follows[1:]]


def _find_missing(cleaned: CleanedIntervals, heard: HeardTime) -> Missing | None:
    if not len(cleaned.rr_ms):
        return Missing.NO_DATA
    found = find_missing(heard, len(cleaned.rr_ms), 0, cleaned.artefact_share)
    if found is not None:
        return found
    return Missing.NO_DATA if int(cleaned.follows.sum()) < MIN_PAIRS else None
