"""Sums and means over a trace of which something is held."""

from dataclasses import dataclass

import numpy as np

from server.dose.heart.holding import HeldTrace
from server.dose.heart.reserve import HeartScale, compute_hrr, compute_share_of_max
from server.dose.heart.trimp import (
    BanisterCoefficients,
    Thresholds,
    compute_trimp_banister,
    compute_trimp_banister_of_mean,
    compute_trimp_edwards,
    compute_trimp_lucia,
)
from server.dose.heart.zones import ZoneMinutes, count_zone_minutes


@dataclass(frozen=True, slots=True)
class HeartSums:
    """Sums over a trace in which something is held."""

    held: HeldTrace
    scale: HeartScale
    coefficients: BanisterCoefficients

    def mean_bpm(self) -> float:
        """By time."""
        return float((self.held.hr_bpm * self.held.held_s).sum()) / self.held.valid_s

    def mean_hrr(self) -> float:
        """Of the mean, not clipped."""
        return float(compute_hrr(np.array([self.mean_bpm()]), self.scale)[0])

    def mean_share_of_max(self) -> float:
        """Of the mean."""
        return float(compute_share_of_max(np.array([self.mean_bpm()]), self.scale)[0])

    def banister(self) -> float:
        """Sample by sample."""
        hrr = compute_hrr(self.held.hr_bpm, self.scale)
        return compute_trimp_banister(hrr, self.held.held_s, self.coefficients)

    def banister_of_mean(self) -> float:
        """As if she had kept the session's mean."""
        minutes = self.held.valid_s / 60.0
        return compute_trimp_banister_of_mean(self.mean_hrr(), minutes, self.coefficients)

    def zone_minutes(self, zero_bpm: float) -> ZoneMinutes:
        """Between a heart rate that is 0 % and her maximum."""
        held = self.held
        return count_zone_minutes(held.hr_bpm, held.held_s, zero_bpm, self.scale.max.bpm)

    def edwards(self) -> float:
        """By zones of % of her maximum."""
        return compute_trimp_edwards(self.zone_minutes(0.0))

    def lucia(self, thresholds: Thresholds) -> float:
        """By her thresholds."""
        return compute_trimp_lucia(self.held.hr_bpm, self.held.held_s, thresholds)
