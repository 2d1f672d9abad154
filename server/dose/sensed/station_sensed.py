"""What a strap says of one set at its station: how hard she moved, how upright, what her heart did.

A heart follows work with half a minute's delay: its mean over a minute of work is less than what
the work would lead to (dose-metrics 5). It is told as measured.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from server.dose.heart.hr_max import HrMaxSource
from server.dose.heart.interval_mean import HeldSpans, average_interval, hold_spans, silence
from server.dose.heart.nn_cleaning import UNUSABLE_ABOVE
from server.dose.heart.quality import judge_trace
from server.dose.heart.reserve import compute_hrr
from server.dose.movement.epochs import Epochs
from server.dose.movement.posture import Posture
from server.dose.movement.station_intensity import (
    INTENSITY_VERSION,
    UNIT,
    StationIntensity,
    summarise_interval,
)
from server.dose.quantity import Missing, Quantity
from server.dose.sensed.evening_times import Interval
from server.dose.sensed.heart_metrics import STRAP_RULES, HeartTrace
from server.dose.sensed.heart_profile import HeartProfile

STATION_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class StationSensed:
    """Means over the work of one set; `posture_s` are its seconds by posture, all of them.

    `mean_hrr` is the share of her reserve, not clipped. `upright`: how it is known where upright is
    on her chest, None where no posture is.
    """

    enmo_mg: Quantity
    mad_mg: Quantity
    mean_hr_bpm: Quantity
    mean_hrr: Quantity
    posture_s: Mapping[str, float]
    upright: str | None
    version: int = STATION_VERSION


@dataclass(frozen=True, slots=True)
class HerMovement:
    """All evening's epochs and the posture in each, one an epoch or none; `upright` as above."""

    epochs: Epochs | Missing
    postures: Sequence[Posture] = ()
    upright: str | None = None


def sense_stations(
    movement: HerMovement,
    heart: HeartTrace | Missing,
    profile: HeartProfile,
    sets: Mapping[str, Interval],
    origin_ms: int,
) -> dict[str, StationSensed]:
    """By the set's name. `origin_ms` is the UTC that all seconds count from.

    A set of which nothing came has numbers that are missing, each with its reason.
    """
    spans = _hold(heart)
    return {
        name: _sense(movement, spans, profile, _count_s(one, origin_ms))
        for name, one in sets.items()
        if one.seconds > 0
    }


def _count_s(interval: Interval, origin_ms: int) -> tuple[float, float]:
    return (interval.from_ms - origin_ms) / 1000, (interval.until_ms - origin_ms) / 1000


def _sense(
    movement: HerMovement,
    spans: HeldSpans | Missing,
    profile: HeartProfile,
    ends_s: tuple[float, float],
) -> StationSensed:
    moved = _measure_movement(movement, *ends_s)
    mean = silence(spans) if isinstance(spans, Missing) else average_interval(spans, *ends_s)
    return StationSensed(
        enmo_mg=moved.enmo_mg,
        mad_mg=moved.mad_mg,
        mean_hr_bpm=mean,
        mean_hrr=_share_of_reserve(mean, profile),
        posture_s={one.value: round(seconds, 3) for one, seconds in moved.posture_s.items()},
        upright=movement.upright if movement.postures else None,
    )


def _hold(heart: HeartTrace | Missing) -> HeldSpans | Missing:
    if isinstance(heart, Missing):
        return heart
    if heart.artefact_share is not None and heart.artefact_share > UNUSABLE_ABOVE:
        return Missing.UNUSABLE
    judged = judge_trace(heart.times_s, heart.hr_bpm, heart.contact, STRAP_RULES)
    return hold_spans(heart.times_s, heart.hr_bpm, judged, STRAP_RULES.gap_limit_s)


def _measure_movement(movement: HerMovement, start_s: float, end_s: float) -> StationIntensity:
    epochs = movement.epochs
    if isinstance(epochs, Missing):
        nothing = Quantity.missing_for(epochs, UNIT, INTENSITY_VERSION)
        unknown_s = {**dict.fromkeys(Posture, 0.0), Posture.UNKNOWN: end_s - start_s}
        return StationIntensity(nothing, nothing, unknown_s)
    places = epochs.locate(start_s, end_s)
    near, postures = epochs.cut(places), movement.postures[places]
    return summarise_interval(near, start_s, end_s, calibrated=False, postures=postures)


def _share_of_reserve(mean: Quantity, profile: HeartProfile) -> Quantity:
    """Of the mean: the share is linear, so that is the mean of all shares, too."""
    scale = profile.scale
    reason = mean.missing or (Missing.NOT_MEASURED if scale is None else None)
    if reason is not None or scale is None or mean.value is None:
        missing = reason or Missing.NOT_MEASURED
        return Quantity.missing_for(missing, "1", mean.version, mean.coverage)
    share = float(compute_hrr(np.array([mean.value]), scale)[0])
    source = scale.max.source
    flags = {
        "hr_max_estimated": source is not None and source is not HrMaxSource.MEASURED,
        "hr_unreliable": scale.unreliable,
    }
    told = tuple(flag for flag, holds in flags.items() if holds)
    return Quantity(share, "1", mean.version, mean.coverage, flags=told)
