"""The true concentrations of everybody, drawn from a model."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from random import Random
from statistics import fmean, pvariance
from typing import Final

from firmware_sim.trial.blood.model import (
    BASELINE,
    BDNF,
    BETWEEN_ANALYTES,
    GDNF,
    POST,
    PRE_POST_CORRELATION,
    TRAINING,
    BloodModel,
)

LEAST_PG_ML: Final = 1.0  # a normal distribution has no foot, a concentration has
# What neither baseline nor dose explains is at least this much of what baseline doesn't.
LEAST_RESIDUAL: Final = 0.25

Found = tuple[str, str]  # analyte, time point
Analytes = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class TrueBlood:
    """pg/mL, by code and by analyte and time point. `residual_sd_pg_ml` is of BDNF after training,
    about the line through baseline and dose; `centre_au` the dose that shifts nobody.
    """

    pg_ml: Mapping[str, Mapping[Found, float]]
    centre_au: float
    residual_sd_pg_ml: float


def draw_true_blood(
    model: BloodModel, arms: Mapping[str, str], loads_au: Mapping[str, float], seed: int
) -> TrueBlood:
    """`arms` by code; `loads_au` of who trains: the mean of her arm is the slope's centre."""
    doses = [loads_au.get(code, 0.0) for code, arm in arms.items() if arm == TRAINING]
    centre_au = fmean(doses) if doses else 0.0
    residual_sd = _compute_residual_sd(model, pvariance(doses) if doses else 0.0)

    def draw(code: str, arm: str) -> dict[Found, float]:
        beyond_au = loads_au.get(code, 0.0) - centre_au if arm == TRAINING else 0.0
        chance = Random(f"{seed} {code} blood")
        return _draw(model, arm, model.slope_pg_ml_per_au * beyond_au, residual_sd, chance)

    pg_ml = {code: draw(code, arm) for code, arm in arms.items()}
    return TrueBlood(pg_ml, centre_au, residual_sd)


def _compute_residual_sd(model: BloodModel, variance_au2: float) -> float:
    """So that her dose is a part of the cell's spread, and adds none to it."""
    free = (1 - PRE_POST_CORRELATION**2) * model.cells[BDNF, TRAINING, POST].sd_pg_ml ** 2
    left = free - model.slope_pg_ml_per_au**2 * variance_au2
    return sqrt(max(left, LEAST_RESIDUAL * free))


def _draw(
    model: BloodModel, arm: str, shift_pg_ml: float, residual_sd: float, chance: Random
) -> dict[Found, float]:
    before, new = _draw_pair(chance), _draw_pair(chance)
    values: dict[Found, float] = {}
    for analyte in (BDNF, GDNF):
        pre, post = (model.cells[analyte, arm, point] for point in (BASELINE, POST))
        is_dosed = (analyte, arm) == (BDNF, TRAINING)
        free_sd = sqrt(1 - PRE_POST_CORRELATION**2) * post.sd_pg_ml
        spread = new[analyte] * (residual_sd if is_dosed else free_sd)
        kept = PRE_POST_CORRELATION * post.sd_pg_ml * before[analyte]
        shift = shift_pg_ml if is_dosed else 0.0
        values[analyte, BASELINE] = pre.mean_pg_ml + pre.sd_pg_ml * before[analyte]
        values[analyte, POST] = post.mean_pg_ml + kept + shift + spread
    return {found: max(value, LEAST_PG_ML) for found, value in values.items()}


def _draw_pair(chance: Random) -> Analytes:
    """Standard normal numbers of both analytes, correlated."""
    first, other = chance.gauss(0, 1), chance.gauss(0, 1)
    second = BETWEEN_ANALYTES * first + sqrt(1 - BETWEEN_ANALYTES**2) * other
    return {BDNF: first, GDNF: second}
