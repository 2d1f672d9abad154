"""Her heart in the main phase of one evening, as metrics of the vector."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.dose.heart.coverage import HeardTime, find_missing
from server.dose.heart.holding import hold_trace
from server.dose.heart.measures import MEAN_VERSION, HeartDose, measure_heart
from server.dose.heart.quality import QualityRules, Verdict, judge_trace
from server.dose.heart.trimp import BANISTER, BANISTER_VERSION, EDWARDS_VERSION, LUCIA_VERSION
from server.dose.heart.zones import ZONE_NAMES, ZONES_VERSION, ZoneMinutes
from server.dose.quantity import Missing, Quantity
from server.dose.sensed.heart_profile import HeartProfile
from server.dose.vector import Metric

MEAN_HR: Final = "mean_hr_bpm"
# Every trace here is a strap's own: one that never changes was no heart's.
STRAP_RULES: Final = QualityRules(steady_after_s=None)
# Each metric that needs her scale, with its unit and version.
_SCALED: Final = {
    "mean_hrr": ("1", MEAN_VERSION),
    "mean_share_of_hrmax": ("1", MEAN_VERSION),
    "trimp_banister_au": ("AU", BANISTER_VERSION),
    "trimp_banister_prorated_au": ("AU", BANISTER_VERSION),
    "trimp_banister_session_mean_au": ("AU", BANISTER_VERSION),
    "trimp_banister_session_mean_prorated_au": ("AU", BANISTER_VERSION),
    "trimp_edwards_au": ("AU", EDWARDS_VERSION),
    "trimp_edwards_prorated_au": ("AU", EDWARDS_VERSION),
    "trimp_lucia_au": ("AU", LUCIA_VERSION),
    "trimp_lucia_prorated_au": ("AU", LUCIA_VERSION),
    **{f"minutes_hrmax_{name}": ("min", ZONES_VERSION) for name in ZONE_NAMES},
    **{f"minutes_hrr_{name}": ("min", ZONES_VERSION) for name in ZONE_NAMES},
}
_UNITS: Final = {MEAN_HR: "bpm", **{name: unit for name, (unit, _) in _SCALED.items()}}


@dataclass(frozen=True, slots=True)
class HeartTrace:
    """(n,) heart rates in bpm at rising times in s, and where contact was doubted.

    `expected_s` is how long she was there in the phase. `artefact_share` None: no RR intervals.
    """

    times_s: NDArray[np.float64]
    hr_bpm: NDArray[np.float64]
    contact: NDArray[np.bool_]
    expected_s: float
    artefact_share: float | None


def list_heart_metrics(
    trace: HeartTrace | Missing, profile: HeartProfile, inputs_sha256: str
) -> list[Metric]:
    """All of them, each with a number or a reason. No plan says what a heart should do."""
    if isinstance(trace, Missing):
        told = _tell_nothing(trace)
    elif profile.scale is None:
        told = {MEAN_HR: _measure_mean(trace), **_tell_scaled(Missing.NOT_MEASURED)}
    else:
        told = _measure(trace, profile)
    return [_make_metric(name, quantity, inputs_sha256) for name, quantity in told.items()]


def _make_metric(name: str, delivered: Quantity, inputs_sha256: str) -> Metric:
    planned = Quantity.missing_for(Missing.NOT_APPLICABLE, _UNITS[name], delivered.version)
    return Metric(name, planned, delivered, inputs_sha256)


def _tell_nothing(reason: Missing) -> dict[str, Quantity]:
    mean = Quantity.missing_for(reason, "bpm", MEAN_VERSION)
    return {MEAN_HR: mean, **_tell_scaled(reason)}


def _tell_scaled(reason: Missing) -> dict[str, Quantity]:
    return {
        name: Quantity.missing_for(reason, unit, version)
        for name, (unit, version) in _SCALED.items()
    }


def _measure_mean(trace: HeartTrace) -> Quantity:
    """Needs nothing of hers but the trace."""
    judged = judge_trace(trace.times_s, trace.hr_bpm, trace.contact, STRAP_RULES)
    held = hold_trace(trace.times_s, trace.hr_bpm, judged, STRAP_RULES.gap_limit_s)
    heard = HeardTime(held.valid_s, trace.expected_s)
    n_refused = int((judged.verdicts != Verdict.VALID).sum())
    missing = find_missing(heard, len(trace.times_s), n_refused, trace.artefact_share)
    if missing is not None:
        return Quantity.missing_for(missing, "bpm", MEAN_VERSION, heard.coverage)
    mean_bpm = float((held.hr_bpm * held.held_s).sum()) / held.valid_s
    return Quantity(mean_bpm, "bpm", MEAN_VERSION, heard.coverage)


def _measure(trace: HeartTrace, profile: HeartProfile) -> dict[str, Quantity]:
    if profile.scale is None:
        raise ValueError("a scale is needed")
    dose = measure_heart(
        trace.times_s,
        trace.hr_bpm,
        profile.scale,
        BANISTER[profile.sex],
        planned_s=trace.expected_s,
        thresholds=profile.thresholds,
        contact=trace.contact,
        artefact_share=trace.artefact_share,
        rules=STRAP_RULES,
    )
    return {
        MEAN_HR: dose.mean_bpm,
        "mean_hrr": dose.mean_hrr,
        "mean_share_of_hrmax": dose.mean_share_of_max,
        "trimp_banister_au": dose.banister,
        "trimp_banister_prorated_au": dose.prorated_banister,
        "trimp_banister_session_mean_au": dose.banister_of_mean,
        "trimp_banister_session_mean_prorated_au": dose.prorated_banister_of_mean,
        "trimp_edwards_au": dose.edwards,
        "trimp_edwards_prorated_au": dose.prorated_edwards,
        "trimp_lucia_au": dose.lucia,
        "trimp_lucia_prorated_au": dose.prorated_lucia,
        **_tell_zones("minutes_hrmax", dose.minutes_of_max, dose),
        **_tell_zones("minutes_hrr", dose.minutes_of_reserve, dose),
    }


def _tell_zones(prefix: str, minutes: ZoneMinutes | None, dose: HeartDose) -> dict[str, Quantity]:
    """Minutes that were heard; with too few of them a reader is told so by the coverage."""
    coverage = dose.heard.coverage
    reason = dose.mean_bpm.missing
    if minutes is None or reason is not None:
        missing = Quantity.missing_for(reason or Missing.NO_DATA, "min", ZONES_VERSION, coverage)
        return {f"{prefix}_{name}": missing for name in ZONE_NAMES}
    return {
        f"{prefix}_{name}": Quantity(value, "min", ZONES_VERSION, coverage, flags=dose.flags)
        for name, value in zip(ZONE_NAMES, minutes.zones, strict=True)
    }
