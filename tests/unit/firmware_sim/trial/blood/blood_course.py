"""A made-up trial of many, and the blood of it, for tests: a hundred times as large as a real one,
so that what is true of its cells shows.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random

from firmware_sim.physiology.kinetics import HeartTraits
from firmware_sim.trial.blood.model import CONTROL, TRAINING, Blood, make_model
from firmware_sim.trial.blood.samples import Course, SimulatedBlood
from firmware_sim.trial.measured import draw_measured

BEGINS = datetime(2025, 1, 6, 17, 0, tzinfo=UTC)
ENDS = datetime(2025, 2, 28, 18, 0, tzinfo=UTC)
SD_AU = 500.0


def make_arms(n_per_arm: int) -> dict[str, str]:
    arms = [TRAINING] * n_per_arm + [CONTROL] * n_per_arm
    return {f"P{place:02d}": arm for place, arm in enumerate(arms, start=1)}


def draw_loads(arms: Mapping[str, str], seed: int) -> dict[str, float]:
    chance = Random(f"{seed} loads")
    return {code: chance.gauss(3500.0, SD_AU) for code, arm in arms.items() if arm == TRAINING}


def simulate_blood(variant: Blood, n_per_arm: int = 15, seed: int = 1) -> SimulatedBlood:
    arms = make_arms(n_per_arm)
    hearts = dict.fromkeys(arms, HeartTraits(70.0, 170.0, 50.0, 80.0))
    return SimulatedBlood(
        make_model(variant),
        Course(
            seed=seed,
            arms=arms,
            loads_au=draw_loads(arms, seed),
            begins=BEGINS,
            ends=ENDS,
            exercised_until=dict.fromkeys(draw_loads(arms, seed), ENDS),
            before=draw_measured(seed, arms, hearts, BEGINS.date()),
        ),
    )
