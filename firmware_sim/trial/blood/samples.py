"""All samples of a trial, drawn and run: rows of `samples import`, and the truth about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, Final

from firmware_sim.trial.blood.draws import (
    describe_draw,
    describe_refused,
    find_morning,
    order_draws,
)
from firmware_sim.trial.blood.laboratory import (
    LLOQ_PG_ML,
    ULOQ_PG_ML,
    Assay,
    BloodTrouble,
    deal_plates,
    draw_blood_troubles,
    run_assay,
)
from firmware_sim.trial.blood.model import (
    ANALYTES,
    BASELINE,
    BDNF,
    BETWEEN_ANALYTES,
    POST,
    PRE_POST_CORRELATION,
    TIME_POINTS,
    TRAINING,
    BloodModel,
)
from firmware_sim.trial.blood.true_blood import TrueBlood, draw_true_blood
from firmware_sim.trial.measured import Row

MATRIX: Final = "plasma"  # the study's methods, and its concentrations, whatever its abstract says
UNIT: Final = "pg/mL"


@dataclass(frozen=True, slots=True)
class Course:
    """What blood depends on. `arms`, `loads_au`, `exercised_until` (the end of the last session
    that she came to) and `before` (what was measured at baseline) are by code.
    """

    seed: int
    arms: Mapping[str, str]
    loads_au: Mapping[str, float]
    begins: datetime
    ends: datetime
    exercised_until: Mapping[str, datetime]
    before: Mapping[str, Row]


class SimulatedBlood:
    """Everybody's, of both time points; the same course gives the same."""

    def __init__(self, model: BloodModel, course: Course) -> None:
        self._model, self._course = model, course
        seed, arms = course.seed, course.arms
        self.true: TrueBlood = draw_true_blood(model, arms, course.loads_au, seed)
        self.troubles = draw_blood_troubles(arms, seed)
        self._plates = deal_plates(arms, seed)

    def list_rows(self, time_points: Iterable[str] = TIME_POINTS) -> list[Row]:
        """By time point, code and analyte."""
        return [row for point in time_points for row in self._list_rows_at(point)]

    def describe(self) -> dict[str, Any]:
        """The parameters behind them."""
        model = self._model
        return {
            "variant": model.variant.value,
            "matrix": MATRIX,
            "unit": UNIT,
            "pre_post_correlation": PRE_POST_CORRELATION,
            "between_analytes_correlation": BETWEEN_ANALYTES,
            "cells": [
                {"analyte": analyte, "arm": arm, "time_point": point,
                 "mean": cell.mean_pg_ml, "sd": cell.sd_pg_ml}
                for (analyte, arm, point), cell in model.cells.items()
            ],
            "dose_slope": {
                "analyte": BDNF, "arm": TRAINING, "time_point": POST, "dose": "srpe_load_au",
                "pg_ml_per_au": model.slope_pg_ml_per_au,
                "centre_au": round(self.true.centre_au, 3),
                "residual_sd": round(self.true.residual_sd_pg_ml, 4),
            },
        }  # fmt: skip

    def describe_person(self, code: str) -> dict[str, Any]:
        """Her true concentrations, whether a laboratory found them or not."""
        own, trouble = self.true.pg_ml[code], self.troubles.get(code)
        return {
            **{
                analyte: {point: round(own[analyte, point], 4) for point in TIME_POINTS}
                for analyte in ANALYTES
            },
            "plate": self._plates[code],
            "trouble": trouble.value if trouble else None,
        }

    def _list_rows_at(self, point: str) -> Iterable[Row]:
        seed, arms = self._course.seed, self._course.arms
        around = self._course.begins if point == BASELINE else self._course.ends
        first, after = find_morning(around, point), order_draws(arms, seed, point)
        for code in sorted(arms):
            draw = self._describe_draw(code, point, first + after[code])
            for analyte in ANALYTES:
                chance = Random(f"{seed} {code} {analyte} {point} assay")
                yield self._describe_sample(code, (analyte, point), chance) | draw

    def _describe_draw(self, code: str, point: str, drawn_at: datetime) -> Row:
        if point == POST and self.troubles.get(code) is BloodTrouble.REFUSED:
            return describe_refused()
        course = self._course
        until = course.exercised_until.get(code) if point == POST else None
        return describe_draw(course.seed, code, point, drawn_at, until, course.before[code])

    def _describe_sample(self, code: str, found: tuple[str, str], chance: Random) -> Row:
        analyte, point = found
        pg_ml = self.true.pg_ml[code][found]
        assay = run_assay(found, pg_ml, self._plates[code], self.troubles.get(code), chance)
        return {
            "participant": code,
            "time_point": point,
            "analyte": analyte,
            "matrix": MATRIX,
            "value": assay.value,
            "anticoagulant": "not_applicable" if assay.value == "refused" else "edta",
            **(_describe_assay(analyte, assay) if assay.plate else {}),
        }


def _describe_assay(analyte: str, assay: Assay) -> Row:
    return {
        "unit": UNIT,
        "plate": assay.plate or "",
        "dilution": str(assay.dilution),
        "lloq": f"{LLOQ_PG_ML[analyte] * assay.dilution:g}",
        "uloq": f"{ULOQ_PG_ML[analyte] * assay.dilution:g}",
        "flags": assay.flags,
    }
