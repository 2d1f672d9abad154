"""Plates, limits, and what goes wrong between a vein and a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from random import Random
from typing import Final

from firmware_sim.trial.blood.model import BASELINE, BDNF, CONTROL, POST, TRAINING

# 40 samples in duplicate leave 16 of 96 wells to standards, controls and blanks; before and after
# of one person are on one plate.
PEOPLE_A_PLATE: Final = 20
LLOQ_PG_ML: Final[Mapping[str, float]] = {"bdnf": 15.6, "gdnf": 7.8}  # as sandwich ELISA have them
ULOQ_PG_ML: Final[Mapping[str, float]] = {"bdnf": 1000.0, "gdnf": 500.0}
DILUTED_TOO_FAR: Final = 50  # fold, once


class BloodTrouble(StrEnum):
    """What happens to one draw of one person."""

    REFUSED = "refused"  # she doesn't want to be drawn after the training
    HAEMOLYSED = "haemolysed"  # at baseline: no BDNF of that tube, and a flag on its GDNF
    LOST = "lost"  # the tube after the training
    DILUTED = "diluted"  # so far that her GDNF after the training is below the limit


_OF_ARM: Final = {
    TRAINING: (BloodTrouble.LOST, BloodTrouble.HAEMOLYSED),
    CONTROL: (BloodTrouble.REFUSED, BloodTrouble.DILUTED),
}


@dataclass(frozen=True, slots=True)
class Assay:
    """`value` is a number in pg/mL or why there is none; `plate` None where none was run."""

    value: str
    plate: str | None
    flags: str
    dilution: int


def draw_blood_troubles(arms: Mapping[str, str], seed: int) -> dict[str, BloodTrouble]:
    """By code: each once, and one a person at most; a small arm has the first of its own only."""
    chance = Random(f"{seed} blood troubles")
    troubles: dict[str, BloodTrouble] = {}
    for arm, kinds in _OF_ARM.items():
        codes = sorted(code for code, own in arms.items() if own == arm)
        whom = chance.sample(codes, min(len(kinds), len(codes)))
        troubles |= dict(zip(whom, kinds, strict=False))
    return troubles


def deal_plates(arms: Mapping[str, str], seed: int) -> dict[str, int]:
    """By code, counted from 1: each plate has as many of either arm as the other, or one more."""
    chance, dealt = Random(f"{seed} plates"), []
    for arm in (TRAINING, CONTROL):
        codes = sorted(code for code, own in arms.items() if own == arm)
        chance.shuffle(codes)
        dealt += codes
    n_plates = ceil(len(dealt) / PEOPLE_A_PLATE)
    return {code: place % n_plates + 1 for place, code in enumerate(dealt)}


def name_plate(analyte: str, plate: int) -> str:
    """Whoever reads the result sees that nobody measured it."""
    return f"SIMULATED-{analyte.upper()}-{plate}"


def run_assay(
    found: tuple[str, str], pg_ml: float, plate: int, trouble: BloodTrouble | None, chance: Random
) -> Assay:
    """What the laboratory tells of one analyte at one time point (`found`)."""
    analyte, point = found
    if point == POST and trouble in (BloodTrouble.REFUSED, BloodTrouble.LOST):
        return Assay(trouble.value, None, "", 1)
    is_haemolysed = point == BASELINE and trouble is BloodTrouble.HAEMOLYSED
    is_diluted = (analyte, point, trouble) == ("gdnf", POST, BloodTrouble.DILUTED)
    dilution = DILUTED_TOO_FAR if is_diluted else 1
    flags = "haemolysed" if is_haemolysed else _draw_flag(chance)
    value = f"{pg_ml:.2f}"
    if is_haemolysed and analyte == BDNF:
        value = "haemolysed"
    elif float(value) < LLOQ_PG_ML[analyte] * dilution:
        value, flags = "below_lloq", "none"
    elif float(value) > ULOQ_PG_ML[analyte] * dilution:
        value, flags = "above_uloq", "none"
    return Assay(value, name_plate(analyte, plate), flags, dilution)


def _draw_flag(chance: Random) -> str:
    return chance.choices(("none", "high_cv", "lipaemic"), (94, 4, 2))[0]
