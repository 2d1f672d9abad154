"""What was measured of a participant's heart, before and outside the sessions. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.errors import RuleError

# No adult's resting or maximum heart rate lies outside.
REST_BPM: Final = (25.0, 150.0)
MAX_BPM: Final = (80.0, 230.0)
AGE_YEARS: Final = (18.0, 90.0)  # the ages of adults that the formulas were fitted to


class Formula(StrEnum):
    """A maximum by age, where none was measured; 220 - age isn't offered (dose-metrics 4)."""

    TANAKA = "tanaka"
    GULATI = "gulati"
    NES = "nes"


# (at age 0, for each year): Tanaka 2001, Gulati 2010, Nes 2013.
MAX_LINES: Final = {
    Formula.TANAKA: (208.0, -0.7),
    Formula.GULATI: (206.0, -0.88),
    Formula.NES: (211.0, -0.64),
}


class Sex(StrEnum):
    """As Banister's coefficients take it."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True)
class MeasuredHeart:
    """Either `max_bpm`, measured, or `age_years` with the formula that the study chose."""

    rest_bpm: float
    sex: Sex
    max_bpm: float | None = None
    age_years: float | None = None
    formula: Formula | None = None
    vt1_bpm: float | None = None
    vt2_bpm: float | None = None


def check_measured_heart(heart: MeasuredHeart) -> MeasuredHeart:
    """The same. Raises RuleError with what contradicts what."""
    _require_within("a resting heart rate", heart.rest_bpm, REST_BPM, "bpm")
    if (heart.max_bpm is None) is (heart.formula is None):
        raise RuleError("give a measured maximum, or a formula with her age; not both, not neither")
    if heart.formula is not None and heart.age_years is None:
        raise RuleError(f"the formula {heart.formula} needs her age")
    if heart.age_years is not None:
        _require_within("an age", heart.age_years, AGE_YEARS, "years")
    if heart.max_bpm is not None:
        _require_within("a maximum heart rate", heart.max_bpm, MAX_BPM, "bpm")
    top_bpm = find_max_bpm(heart)
    if top_bpm is not None and top_bpm <= heart.rest_bpm:
        source = "" if heart.formula is None else f" by the formula {heart.formula}"
        raise RuleError(
            f"the maximum{source} ({top_bpm:g}) is not above the resting heart rate"
            f" ({heart.rest_bpm:g})"
        )
    _check_thresholds(heart)
    return heart


def find_max_bpm(heart: MeasuredHeart) -> float | None:
    """As measured, else by the formula; None where neither can be told."""
    if heart.max_bpm is not None or heart.formula is None or heart.age_years is None:
        return heart.max_bpm
    start_bpm, slope = MAX_LINES[heart.formula]
    return start_bpm + slope * heart.age_years


def _check_thresholds(heart: MeasuredHeart) -> None:
    if (heart.vt1_bpm is None) is not (heart.vt2_bpm is None):
        raise RuleError("both ventilatory thresholds are needed, or none")
    if heart.vt1_bpm is None or heart.vt2_bpm is None:
        return
    top_bpm = heart.max_bpm or MAX_BPM[1]
    if not heart.rest_bpm < heart.vt1_bpm < heart.vt2_bpm <= top_bpm:
        raise RuleError("the thresholds lie in order, above rest and not above the maximum")


def _require_within(what: str, value: float, limits: tuple[float, float], unit: str) -> None:
    low, high = limits
    if not low <= value <= high:
        raise RuleError(f"{what} of {value:g} {unit} is none of an adult; give {low:g} to {high:g}")
