"""A maximum heart rate with where it comes from: measured before any formula of age."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.study.measured_heart import AGE_YEARS, MAX_LINES

HR_MAX_VERSION = 1  # raised when the same age gives another maximum

# dose-metrics 4: ± 10 bpm about each formula; in MS they disagree with thresholds more than that
# (Bansi & Riedel), and few reach their maximum in a test (Schlagheck 2023).
FORMULA_SEE_BPM: Final = 10.0
MIN_AGE, MAX_AGE = AGE_YEARS


class HrMaxSource(StrEnum):
    """Where a maximum comes from; stored beside every number that rests on it."""

    MEASURED = "measured"  # the highest of an exercise test
    TANAKA = "tanaka"  # Tanaka 2001
    GULATI = "gulati"  # Gulati 2010, women
    NES = "nes"  # Nes 2013
    FOX = "fox"  # Fox 1971: to compare with others, never taken by itself


_LINES: Final = {  # (at age 0, for each year)
    **{HrMaxSource(formula.value): line for formula, line in MAX_LINES.items()},
    HrMaxSource.FOX: (220.0, -1.0),
}


@dataclass(frozen=True, slots=True)
class HrMax:
    """`source` None: who gave it didn't say. `see_bpm` is the formula's standard error."""

    bpm: float
    source: HrMaxSource | None
    see_bpm: float | None = None


def estimate_hr_max(age_years: float, formula: HrMaxSource) -> HrMax:
    """A maximum by age. Raises ValueError outside adults' ages and for what is no formula."""
    if formula not in _LINES:
        raise ValueError(f"{formula.value} is no formula of age")
    if not MIN_AGE <= age_years <= MAX_AGE:
        raise ValueError(f"formulas of the maximum are for {MIN_AGE:g} to {MAX_AGE:g} years")
    start, slope = _LINES[formula]
    return HrMax(start + slope * age_years, formula, FORMULA_SEE_BPM)


def choose_hr_max(
    measured_bpm: float | None, age_years: float | None, formula: HrMaxSource | None
) -> HrMax | None:
    """What was measured; else the formula that the study chose; else None: not measured."""
    if measured_bpm is not None:
        return HrMax(measured_bpm, HrMaxSource.MEASURED)
    if age_years is None or formula is None:
        return None
    return estimate_hr_max(age_years, formula)
