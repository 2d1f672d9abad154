"""Her heart while she sat before the session: variability of NN intervals, as metrics."""

from dataclasses import dataclass
from typing import Final

from server.dose.heart.nn_cleaning import CleanedIntervals
from server.dose.heart.variability import VARIABILITY_VERSION, measure_variability
from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric

_UNITS: Final = {"rmssd_rest_ms": "ms", "sdnn_rest_ms": "ms", "pnn50_rest_pct": "%"}


@dataclass(frozen=True, slots=True)
class RestIntervals:
    """All intervals while she sat, and for how long that was, in s above 0."""

    cleaned: CleanedIntervals
    expected_s: float


def list_rest_metrics(rest: RestIntervals | Missing, inputs_sha256: str) -> list[Metric]:
    """Over the minutes that her seated heart rate was taken of."""
    if isinstance(rest, Missing):
        told = {
            name: Quantity.missing_for(rest, unit, VARIABILITY_VERSION)
            for name, unit in _UNITS.items()
        }
    else:
        found = measure_variability(rest.cleaned, rest.expected_s)
        told = dict(zip(_UNITS, (found.rmssd, found.sdnn, found.pnn50), strict=True))
    return [
        Metric(
            name,
            Quantity.missing_for(Missing.NOT_APPLICABLE, _UNITS[name], VARIABILITY_VERSION),
            quantity,
            inputs_sha256,
        )
        for name, quantity in told.items()
    ]
