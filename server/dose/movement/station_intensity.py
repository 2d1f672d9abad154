"""How hard a chest moved between two moments: at a station, in a rest, in the warm-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.movement.epochs import LEAST_COVERAGE, Epochs
from server.dose.movement.posture import Posture
from server.dose.quantity import Missing, Quantity

INTENSITY_VERSION: Final = 1
UNIT: Final = "mg"
UNCALIBRATED: Final = "uncalibrated"
CLIPPED: Final = "clipped"


@dataclass(frozen=True, slots=True)
class StationIntensity:
    """Means over the part of an interval that was heard, and how long each posture lasted.

    `posture_s` are seconds by posture, UNKNOWN with what wasn't heard.
    """

    enmo_mg: Quantity
    mad_mg: Quantity
    posture_s: dict[Posture, float]


def summarise_interval(
    epochs: Epochs,
    start_s: float,
    end_s: float,
    *,
    calibrated: bool,
    postures: Sequence[Posture] = (),
) -> StationIntensity:
    """Of an interval (start < end) in the epochs' time; `postures` are one an epoch, or none.

    An epoch counts by the seconds of it that lie inside. Missing where less than 80 % of the
    interval was heard: not zero, and not the mean of what is left.
    """
    shares_s = _measure_overlap_s(epochs, start_s, end_s)
    coverage = float((shares_s * epochs.coverage)[epochs.heard].sum() / (end_s - start_s))
    flags = _list_flags(epochs, shares_s)
    posture_s = dict.fromkeys(Posture, 0.0)
    for posture, seconds in zip(postures, shares_s.tolist(), strict=bool(postures)):
        posture_s[posture] += seconds
    posture_s[Posture.UNKNOWN] += end_s - start_s - sum(posture_s.values())
    enmo_flags = flags if calibrated else (UNCALIBRATED, *flags)
    return StationIntensity(
        _average(epochs, epochs.enmo_mg, shares_s, coverage, enmo_flags),
        _average(epochs, epochs.mad_mg, shares_s, coverage, flags),
        posture_s,
    )


def _measure_overlap_s(epochs: Epochs, start_s: float, end_s: float) -> NDArray[np.float64]:
    begins_s = epochs.start_s + epochs.epoch_s * np.arange(len(epochs))
    inside_s = np.minimum(begins_s + epochs.epoch_s, end_s) - np.maximum(begins_s, start_s)
    return np.asarray(np.maximum(inside_s, 0.0), dtype=np.float64)


def _average(
    epochs: Epochs,
    values_mg: NDArray[np.float64],
    shares_s: NDArray[np.float64],
    coverage: float,
    flags: tuple[str, ...],
) -> Quantity:
    weights_s = (shares_s * epochs.coverage)[epochs.heard]
    if coverage < LEAST_COVERAGE:
        reason = Missing.LOW_COVERAGE if weights_s.any() else _explain_silence(epochs, shares_s)
        return Quantity.missing_for(reason, UNIT, INTENSITY_VERSION, coverage)
    mean_mg = float(weights_s @ values_mg[epochs.heard] / weights_s.sum())
    return Quantity(mean_mg, UNIT, INTENSITY_VERSION, min(coverage, 1.0), flags=flags)


def _explain_silence(epochs: Epochs, shares_s: NDArray[np.float64]) -> Missing:
    """The epochs' own reason where all agree."""
    told = {reason for reason, share_s in zip(epochs.missing, shares_s, strict=True) if share_s}
    reasons = told - {None}
    return (reasons.pop() if len(reasons) == 1 else None) or Missing.NO_DATA


def _list_flags(epochs: Epochs, shares_s: NDArray[np.float64]) -> tuple[str, ...]:
    return (CLIPPED,) if epochs.clipped[epochs.heard & (shares_s > 0)].any() else ()
