"""The heart's part of a dose: what one trace of heart rates and one person's scale give."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from server.decoding.gap_ledger import Gap
from server.dose.heart.coverage import COVERAGE_VERSION, HeardTime, find_missing, prorate
from server.dose.heart.holding import HeldTrace, hold_trace
from server.dose.heart.hr_max import HrMaxSource
from server.dose.heart.quality import (
    HEART_QUALITY_VERSION,
    RULES,
    Floats,
    JudgedTrace,
    QualityRules,
    Verdict,
    judge_trace,
)
from server.dose.heart.reserve import HeartScale
from server.dose.heart.sums import HeartSums
from server.dose.heart.trimp import (
    BANISTER_VERSION,
    EDWARDS_VERSION,
    LUCIA_VERSION,
    BanisterCoefficients,
    Thresholds,
)
from server.dose.heart.zones import ZONES_VERSION, ZoneMinutes
from server.dose.quantity import Missing, Quantity

MEAN_VERSION = 2  # of the time-weighted mean and its share of the reserve
VERSIONS: Mapping[str, int] = {
    "quality": HEART_QUALITY_VERSION,
    "coverage": COVERAGE_VERSION,
    "mean": MEAN_VERSION,
    "zones": ZONES_VERSION,
    "banister": BANISTER_VERSION,
    "edwards": EDWARDS_VERSION,
    "lucia": LUCIA_VERSION,
}


@dataclass(frozen=True, slots=True)
class HeartDose:
    """What was heard, and what it adds up to over the time in which something was heard.

    `minutes_of_max` and `minutes_of_reserve` are None where nothing was heard: no minutes are known
    then, which isn't 0 minutes. They are never prorated.
    """

    heard: HeardTime
    span_s: float
    gaps: tuple[Gap, ...]
    refused: Mapping[str, int]  # rows by the name of their verdict
    flags: tuple[str, ...]
    minutes_of_max: ZoneMinutes | None
    minutes_of_reserve: ZoneMinutes | None
    mean_bpm: Quantity
    mean_hrr: Quantity
    mean_share_of_max: Quantity
    banister: Quantity
    banister_of_mean: Quantity
    edwards: Quantity
    lucia: Quantity

    @property
    def prorated_banister(self) -> Quantity:
        """As if what wasn't heard had been like the rest."""
        return prorate(self.banister, self.heard)

    @property
    def prorated_banister_of_mean(self) -> Quantity:
        """As if what wasn't heard had been like the rest."""
        return prorate(self.banister_of_mean, self.heard)

    @property
    def prorated_edwards(self) -> Quantity:
        """As if what wasn't heard had been like the rest."""
        return prorate(self.edwards, self.heard)

    @property
    def prorated_lucia(self) -> Quantity:
        """As if what wasn't heard had been like the rest."""
        return prorate(self.lucia, self.heard)


def measure_heart(
    times_s: Floats,
    hr_bpm: Floats,
    scale: HeartScale,
    coefficients: BanisterCoefficients,
    *,
    planned_s: float | None = None,
    thresholds: Thresholds | None = None,
    contact: NDArray[np.bool_] | None = None,
    artefact_share: float | None = None,
    rules: QualityRules = RULES,
) -> HeartDose:
    """Measure (n,) heart rates in bpm at rising times in s; NaN is a row without a heart rate.

    `planned_s` is the planned time of this phase; without it the span from the first row to the
    last is taken. `artefact_share` is that of the RR intervals where there were any: above the
    limit of `nn_cleaning` nothing is usable. Raises ValueError for times that don't rise.
    """
    judged = judge_trace(times_s, hr_bpm, contact, rules)
    held = hold_trace(times_s, hr_bpm, judged, rules.gap_limit_s)
    heard = HeardTime(held.valid_s, held.span_s if planned_s is None else planned_s)
    refused = _count_refused(judged)
    missing = find_missing(heard, len(times_s), sum(refused.values()), artefact_share)
    flags = _list_flags(held, scale, judged)
    sums = HeartSums(held, scale, coefficients)

    def tell(compute: Callable[[], float], unit: str, version: int) -> Quantity:
        if missing is not None:
            return Quantity.missing_for(missing, unit, version, heard.coverage)
        return Quantity(compute(), unit, version, heard.coverage, flags=flags)

    return HeartDose(
        heard=heard,
        span_s=held.span_s,
        gaps=held.gaps,
        refused=refused,
        flags=flags,
        minutes_of_max=sums.zone_minutes(0.0) if held.valid_s else None,
        minutes_of_reserve=sums.zone_minutes(scale.rest_bpm) if held.valid_s else None,
        mean_bpm=tell(sums.mean_bpm, "bpm", MEAN_VERSION),
        mean_hrr=tell(sums.mean_hrr, "1", MEAN_VERSION),
        mean_share_of_max=tell(sums.mean_share_of_max, "1", MEAN_VERSION),
        banister=tell(sums.banister, "AU", BANISTER_VERSION),
        banister_of_mean=tell(sums.banister_of_mean, "AU", BANISTER_VERSION),
        edwards=tell(sums.edwards, "AU", EDWARDS_VERSION),
        lucia=_NO_LUCIA
        if thresholds is None
        else tell(lambda: sums.lucia(thresholds), "AU", LUCIA_VERSION),
    )


_NO_LUCIA = Quantity.missing_for(Missing.NOT_MEASURED, "AU", LUCIA_VERSION)


def _count_refused(judged: JudgedTrace) -> dict[str, int]:
    counts = Counter(judged.verdicts.tolist())
    return {
        verdict.name.lower(): counts[verdict]
        for verdict in Verdict
        if verdict is not Verdict.VALID and counts[verdict]
    }


def _list_flags(held: HeldTrace, scale: HeartScale, judged: JudgedTrace) -> tuple[str, ...]:
    source = scale.max.source
    told = {
        "above_max": bool((held.hr_bpm > scale.max.bpm).any()),  # so the maximum is too low
        "below_rest": bool((held.hr_bpm < scale.rest_bpm).any()),  # so rest was no rest
        "flat_stretches_kept": judged.keeps_flat,
        "hr_max_estimated": source is not None and source is not HrMaxSource.MEASURED,
        "hr_unreliable": scale.unreliable,
    }
    return tuple(flag for flag, holds in told.items() if holds)
