"""Training impulse by three authors: three numbers that share a word and no unit but AU."""

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from server.dose.heart.quality import Floats
from server.dose.heart.zones import ZoneMinutes

BANISTER_VERSION = 1  # each is raised when the same trace gives another number
EDWARDS_VERSION = 1
LUCIA_VERSION = 1

EDWARDS_WEIGHTS: Final = (1.0, 2.0, 3.0, 4.0, 5.0)  # Edwards 1993, from 50 to 60 % up; below: 0
LUCIA_WEIGHTS: Final = (1.0, 2.0, 3.0)  # Lucia 2003: below VT1, between, above VT2

Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class BanisterCoefficients:
    """y = k * e^(b x). Own ones only from a lactate test of hers (iTRIMP, Manzi 2009)."""

    k: float
    b: float

    def __post_init__(self) -> None:
        if not (0 < self.k < math.inf and 0 < self.b < math.inf):
            raise ValueError("k and b of Banister's sum are above 0")


# Banister 1991, Morton 1990. A k with the other sex's b is a common mistake: they go together.
BANISTER: Final[dict[Sex, BanisterCoefficients]] = {
    "female": BanisterCoefficients(0.86, 1.67),
    "male": BanisterCoefficients(0.64, 1.92),
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Heart rates at her ventilatory thresholds, measured: there is no formula for them."""

    vt1_bpm: float
    vt2_bpm: float

    def __post_init__(self) -> None:
        if not 0 < self.vt1_bpm < self.vt2_bpm:
            raise ValueError("the first threshold lies below the second, and both above 0")


def compute_trimp_banister(hrr: Floats, held_s: Floats, curve: BanisterCoefficients) -> float:
    """Sum over samples of minutes * x * k * e^(b x) in AU, x being the (n,) reserve in [0, 1]."""
    x = np.clip(hrr, 0.0, 1.0)
    weights = x * curve.k * np.exp(curve.b * x)
    return float((held_s / 60.0 * weights).sum())


def compute_trimp_banister_of_mean(
    mean_hrr: float, minutes: float, curve: BanisterCoefficients
) -> float:
    """The same of the session's mean, as it was first published: lower, for e^x is convex."""
    one = np.array([mean_hrr])
    return compute_trimp_banister(one, np.array([minutes * 60.0]), curve)


def compute_trimp_edwards(minutes: ZoneMinutes) -> float:
    """Minutes in zones of % of the maximum, times 1 to 5, in AU."""
    return sum(w * m for w, m in zip(EDWARDS_WEIGHTS, minutes.zones, strict=True))


def compute_trimp_lucia(hr_bpm: Floats, held_s: Floats, thresholds: Thresholds) -> float:
    """Minutes below VT1, from VT1 to VT2 with both, and above VT2, times 1, 2, 3, in AU."""
    weights = np.select(
        [hr_bpm < thresholds.vt1_bpm, hr_bpm <= thresholds.vt2_bpm],
        LUCIA_WEIGHTS[:2],
        default=LUCIA_WEIGHTS[2],
    )
    return float((held_s / 60.0 * weights).sum())
