"""What is true of the biomarkers of a simulated trial: cells, correlations and a dose's slope."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import hypot
from statistics import fmean
from typing import Final

TRAINING, CONTROL = "training", "control"
BASELINE, POST = "baseline", "post"
BDNF, GDNF = "bdnf", "gdnf"
ARMS: Final = (TRAINING, CONTROL)
TIME_POINTS: Final = (BASELINE, POST)
ANALYTES: Final = (BDNF, GDNF)

# Of one analyte before and after. The correlations that the study's F of BDNF imply are negative
# in the training arm (paper audit 3), which no repeated measure has; half is usual.
PRE_POST_CORRELATION: Final = 0.5
BETWEEN_ANALYTES: Final = 0.3  # of one person at one time: this project's choice
# Of BDNF after training: an SD of load over eight weeks here, some 500 AU, is 15 of the cell's 24.
SLOPE_PG_ML_PER_AU: Final = 0.03


class Blood(StrEnum):
    """What training does to blood in this trial."""

    EFFECT = "effect"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Cell:
    """Of everybody who could be in it, not of those who are: a sample's mean and SD differ."""

    mean_pg_ml: float
    sd_pg_ml: float


Place = tuple[str, str, str]  # analyte, arm, time point

# The study's Table 3.
TABLE_3: Final[Mapping[Place, Cell]] = {
    (BDNF, CONTROL, BASELINE): Cell(227.77, 26.30),
    (BDNF, CONTROL, POST): Cell(223.07, 10.85),
    (BDNF, TRAINING, BASELINE): Cell(228.78, 60.46),
    (BDNF, TRAINING, POST): Cell(450.43, 24.31),
    (GDNF, CONTROL, BASELINE): Cell(103.51, 19.07),
    (GDNF, CONTROL, POST): Cell(94.60, 11.50),
    (GDNF, TRAINING, BASELINE): Cell(101.78, 17.01),
    (GDNF, TRAINING, POST): Cell(188.05, 9.32),
}


@dataclass(frozen=True, slots=True)
class BloodModel:
    """`slope_pg_ml_per_au` is of BDNF after training, per AU of summed session-RPE load."""

    variant: Blood
    cells: Mapping[Place, Cell]
    slope_pg_ml_per_au: float


def make_model(variant: Blood) -> BloodModel:
    """With an effect the study's cells; without one all four of an analyte are its baseline."""
    if variant is Blood.EFFECT:
        return BloodModel(variant, TABLE_3, SLOPE_PG_ML_PER_AU)
    cells = {place: _pool_baseline(place[0]) for place in TABLE_3}
    return BloodModel(variant, cells, 0.0)


def _pool_baseline(analyte: str) -> Cell:
    """Both arms are equally large: the mean of their means and of their variances."""
    arms = [TABLE_3[analyte, arm, BASELINE] for arm in ARMS]
    pooled_sd = hypot(*(one.sd_pg_ml for one in arms)) / len(arms) ** 0.5
    return Cell(fmean(one.mean_pg_ml for one in arms), pooled_sd)
