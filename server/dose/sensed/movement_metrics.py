"""How much her chest moved in one evening, as metrics of the vector."""

from collections.abc import Mapping, Sequence
from typing import Final

from server.dose.heart.coverage import PRORATED
from server.dose.movement.epochs import LEAST_COVERAGE, Epochs
from server.dose.movement.station_intensity import (
    INTENSITY_VERSION,
    UNIT,
    StationIntensity,
    summarise_interval,
)
from server.dose.quantity import Missing, Quantity
from server.dose.sensed.evening_times import Interval
from server.dose.vector import Metric
from server.dose.volume.sets import S_PER_MIN

NAMES: Final = ("enmo_mg", "mad_mg")
# What a session adds to a course: the mean times the minutes of her main phase. A sum of means
# would count a session that she left early like a whole one.
DOSE_OF: Final = {"enmo_mg": "enmo_dose_mg_min", "mad_mg": "mad_dose_mg_min"}
DOSE_UNIT: Final = "mg x min"
DOSE_VERSION: Final = 2
# A strap's own rate is off by up to 1 % (ble-wire 5), so that much less comes with nothing lost.
WHOLE_COVERAGE: Final = 0.98
PARTS_MISSING: Final = "parts_missing"  # of some interval too little was heard to count


def list_movement_metrics(
    epochs: Epochs | Missing,
    parts: Mapping[str | None, Sequence[Interval]],
    origin_ms: int,
    inputs_sha256: str,
) -> list[Metric]:
    """Means over the main phase (None) and over the sets of each category; of the main phase also
    times its minutes.

    `origin_ms` is the UTC that the epochs' seconds count from. Never calibrated here: an evening
    has too few still moments in too few positions; ENMO says so.
    """
    metrics = []
    for category, intervals in parts.items():
        means = _measure(epochs, intervals, origin_ms)
        told = means if category is not None else means | _multiply(means, intervals)
        metrics += [_make_metric(name, category, one, inputs_sha256) for name, one in told.items()]
    return metrics


def _make_metric(
    name: str, category: str | None, delivered: Quantity, inputs_sha256: str
) -> Metric:
    planned = Quantity.missing_for(Missing.NOT_APPLICABLE, delivered.unit, delivered.version)
    return Metric(name, planned, delivered, inputs_sha256, category)


def _multiply(means: Mapping[str, Quantity], intervals: Sequence[Interval]) -> dict[str, Quantity]:
    """What wasn't heard of the intervals counts like the rest, and is flagged."""
    minutes = sum(one.seconds for one in intervals) / S_PER_MIN
    return {DOSE_OF[name]: _multiply_one(mean, minutes) for name, mean in means.items()}


def _multiply_one(mean: Quantity, minutes: float) -> Quantity:
    if mean.value is None:
        reason = mean.missing or Missing.NO_DATA
        return Quantity.missing_for(reason, DOSE_UNIT, DOSE_VERSION, mean.coverage)
    is_whole = mean.coverage is None or mean.coverage >= WHOLE_COVERAGE
    flags = mean.flags if is_whole else (*mean.flags, PRORATED)
    return Quantity(mean.value * minutes, DOSE_UNIT, DOSE_VERSION, mean.coverage, flags=flags)


def _measure(
    epochs: Epochs | Missing, intervals: Sequence[Interval], origin_ms: int
) -> dict[str, Quantity]:
    if isinstance(epochs, Missing):
        return dict.fromkeys(NAMES, Quantity.missing_for(epochs, UNIT, INTENSITY_VERSION))
    if not intervals:
        nothing = Quantity.missing_for(Missing.NOT_APPLICABLE, UNIT, INTENSITY_VERSION)
        return dict.fromkeys(NAMES, nothing)
    told = [
        summarise_interval(
            epochs,
            (one.from_ms - origin_ms) / 1000,
            (one.until_ms - origin_ms) / 1000,
            calibrated=False,
        )
        for one in intervals
    ]
    weights = [one.seconds for one in intervals]
    return {name: _join([_pick(one, name) for one in told], weights) for name in NAMES}


def _pick(intensity: StationIntensity, name: str) -> Quantity:
    return intensity.enmo_mg if name == "enmo_mg" else intensity.mad_mg


def _join(told: Sequence[Quantity], seconds: Sequence[float]) -> Quantity:
    """The mean over what was heard of several intervals, where that is enough of all of them."""
    heard_s = [(one.coverage or 0.0) * own_s for one, own_s in zip(told, seconds, strict=True)]
    coverage = sum(heard_s) / sum(seconds)
    pairs = [(one.value, own_s) for one, own_s in zip(told, heard_s, strict=True)]
    values = [(value, own_s) for value, own_s in pairs if value is not None]
    if coverage < LEAST_COVERAGE or not values:
        reasons = [one.missing for one in told if one.missing is not None]
        reason = reasons[0] if len(set(reasons)) == 1 else Missing.LOW_COVERAGE
        return Quantity.missing_for(reason, UNIT, INTENSITY_VERSION, coverage)
    mean_mg = sum(value * own_s for value, own_s in values) / sum(own_s for _, own_s in values)
    flags = dict.fromkeys(flag for one in told for flag in one.flags)
    if len(values) < len(told):
        flags[PARTS_MISSING] = None
    return Quantity(mean_mg, UNIT, INTENSITY_VERSION, coverage, flags=tuple(flags))
