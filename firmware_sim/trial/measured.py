"""What was measured and asked of everybody before and after: invented women, as the study's."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import sqrt
from random import Random
from typing import Final

from firmware_sim.physiology.kinetics import HeartTraits

Row = dict[str, str]  # cells by the column that `participants measure` has for them

# The study's Table 2: mean and SD.
TABLE_2: Final[Mapping[str, Mapping[str, tuple[float, float]]]] = {
    "training": {"age_y": (36.2, 5.8), "height_cm": (161.5, 6.1), "weight_kg": (57.3, 10.8)},
    "control": {"age_y": (37.1, 5.5), "height_cm": (160.0, 5.2), "weight_kg": (58.2, 9.7)},
}
AGES: Final = (30.0, 50.0)  # the study's ages of inclusion
WEIGHTS_KG: Final = (42.0, 95.0)
OF_HEIGHT: Final = 0.3  # correlation of weight: with it BMI varies about as much as Table 2 has it

_EDSS: Final = ((1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0), (2, 3, 5, 4, 3, 2, 1))
_THERAPIES: Final = (
    ("none", "interferon_beta", "glatiramer", "dimethyl_fumarate", "fingolimod", "rituximab"),
    (2, 4, 2, 3, 4, 3),
)
_DRUGS: Final = (("none", "vitamin_d", "vitamin_d baclofen", "antidepressant"), (3, 8, 2, 2))
_SMOKING: Final = (("never", "former", "current"), (12, 2, 1))
_CONTRACEPTION: Final = (("none", "combined_hormonal", "copper_iud"), (6, 3, 2))
_REFUSED_BEFORE: Final = (("fat_pct", "fat_free_mass_kg"), ("contraception",))
_NOT_DONE_AFTER: Final = (("edss",),)


def draw_measured(
    seed: int, arms: Mapping[str, str], hearts: Mapping[str, HeartTraits], day: date
) -> dict[str, Row]:
    """At baseline, by code; somebody refuses each of some questions."""
    rows = {code: _draw_woman(seed, code, arm, hearts[code]) for code, arm in arms.items()}
    _leave_out(rows, _REFUSED_BEFORE, "refused", Random(f"{seed} refused"))
    return {code: {"measured_on": day.isoformat(), **row} for code, row in rows.items()}


def draw_measured_again(seed: int, before: Mapping[str, Row], day: date) -> dict[str, Row]:
    """After the training: what may have changed by then. Nothing of it depends on the arm."""
    rows = {code: _draw_after(Random(f"{seed} {code} after"), row) for code, row in before.items()}
    _leave_out(rows, _NOT_DONE_AFTER, "not_done", Random(f"{seed} not done"))
    return {code: {"measured_on": day.isoformat(), **row} for code, row in rows.items()}


def has_cycle(row: Row) -> bool:
    """Whether a day of her cycle can be told."""
    return row["menopause"] == "pre" and row["contraception"] != "combined_hormonal"


def _draw_woman(seed: int, code: str, arm: str, heart: HeartTraits) -> Row:
    chance = Random(f"{seed} {code} measured")
    table = TABLE_2[arm]
    age_y = _draw_within(chance, table["age_y"], AGES)
    height_cm, weight_kg = _draw_size(chance, table)
    smoking = _choose(chance, _SMOKING)
    menopause = "peri" if age_y > 45 and chance.random() < 0.5 else "pre"
    return {
        "age_y": f"{age_y:.0f}",
        "sex": "female",
        "height_cm": f"{height_cm:.1f}",
        **_draw_body(chance, weight_kg, height_cm),
        "body_method": "bia",
        "edss": f"{chance.choices(*_EDSS)[0]:g}",
        **_draw_disease(chance),
        "hr_rest_bpm": f"{heart.resting_bpm:g}",
        "hr_rest_source": "seated_5_min",
        "hr_max_bpm": f"{heart.peak_bpm:g}",
        "hr_max_source": "exercise_test",
        "dmt": _choose(chance, _THERAPIES),
        "other_drugs": _choose(chance, _DRUGS),
        "smoking": smoking,
        "cigarettes_per_day": str(chance.randint(2, 15))
        if smoking == "current"
        else "not_applicable",
        "menopause": menopause,
        "contraception": _choose(chance, _CONTRACEPTION),
    }


def _draw_after(chance: Random, before: Row) -> Row:
    weight_kg = float(before["weight_kg"]) + chance.gauss(-0.3, 0.8)
    return {
        **_draw_body(chance, weight_kg, float(before["height_cm"])),
        "body_method": before["body_method"],
        "edss": before["edss"],
        **_draw_disease(chance),
        "hr_rest_bpm": f"{float(before['hr_rest_bpm']) + round(chance.gauss(-1, 3)):g}",
        "hr_rest_source": before["hr_rest_source"],
        "dmt": before["dmt"],
        "other_drugs": before["other_drugs"],
        "smoking": before["smoking"],
        "cigarettes_per_day": before["cigarettes_per_day"],
    }


def _leave_out(
    rows: Mapping[str, Row], asked: Sequence[Sequence[str]], why: str, chance: Random
) -> None:
    """Somebody has the reason instead of what was asked together, each time."""
    for columns in asked:
        rows[chance.choice(sorted(rows))].update(dict.fromkeys(columns, why))


def _draw_size(chance: Random, table: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    """Height in cm and weight in kg, which go together."""
    tall, heavy = chance.gauss(0, 1), chance.gauss(0, 1)
    mean_cm, sd_cm = table["height_cm"]
    mean_kg, sd_kg = table["weight_kg"]
    weight_kg = mean_kg + sd_kg * (OF_HEIGHT * tall + sqrt(1 - OF_HEIGHT**2) * heavy)
    return mean_cm + sd_cm * tall, min(max(weight_kg, WEIGHTS_KG[0]), WEIGHTS_KG[1])


def _draw_body(chance: Random, weight_kg: float, height_cm: float) -> Row:
    """Fat as it goes with body mass index in women of this age, with its spread."""
    bmi = weight_kg / (height_cm / 100) ** 2
    fat_pct = min(max(1.2 * bmi + chance.gauss(0, 2.5), 14.0), 48.0)
    lean_kg = weight_kg * (1 - fat_pct / 100)
    return {
        "weight_kg": f"{weight_kg:.1f}",
        "fat_pct": f"{fat_pct:.1f}",
        "fat_free_mass_kg": f"{lean_kg:.1f}",
    }


def _draw_disease(chance: Random) -> Row:
    had_relapse = chance.random() < 0.05
    yes_no = {True: "yes", False: "no"}
    return {"relapse_3mo": yes_no[had_relapse], "steroids_3mo": yes_no[had_relapse]}


def _choose(chance: Random, table: tuple[tuple[str, ...], tuple[int, ...]]) -> str:
    return chance.choices(*table)[0]


def _draw_within(chance: Random, about: tuple[float, float], limits: tuple[float, float]) -> float:
    """Drawn until it lies within them."""
    while not limits[0] <= (drawn := chance.gauss(*about)) <= limits[1]:
        pass
    return drawn
