"""Permutations of the 2x2 analysis against pingouin, in one run on the same participants."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pingouin
import pytest

from server.analysis.methods.design import Flags, TwoByTwo
from server.analysis.methods.permutation import REPLICATES, permute_ancova, permute_labels
from tests.bench.conftest import BenchReport, best_seconds
from tests.two_arm_outcomes import balanced

SECONDS_TARGET = 0.05
PINGOUIN_TARGET = 1000
N_OF_PINGOUIN = 50  # the best one stands for as many as ours: all of them take it minutes
SEED = 20260301


def prepare_pingouin(design: TwoByTwo) -> Callable[[Flags], float]:
    """The long frame once; what is called again and again shuffles the arms and asks for F."""
    wide = pd.DataFrame({"code": design.codes, "pre": design.pre, "post": design.post})
    long = wide.melt("code", ["pre", "post"], "time", "value")

    def interaction_f(is_training: Flags) -> float:
        long["group"] = np.tile(is_training, 2)
        table = pingouin.mixed_anova(
            long, dv="value", within="time", between="group", subject="code"
        )
        return float(table["F"].iloc[2])

    return interaction_f


@pytest.mark.bench
@pytest.mark.filterwarnings("ignore")  # what pingouin warns of is its own
def test_permutations(bench_report: BenchReport) -> None:
    design, generator = balanced(), np.random.default_rng(SEED)
    interaction_f = prepare_pingouin(design)
    _, of_change = permute_labels(design, SEED)
    assert interaction_f(design.is_training) == pytest.approx(of_change.F)
    ours_s = best_seconds(lambda: permute_labels(design, SEED))
    ancova_s = best_seconds(lambda: permute_ancova(design, SEED))
    peer_s = REPLICATES * best_seconds(
        lambda: interaction_f(generator.permutation(design.is_training)),
        at_least_s=1e-9,
        rounds=N_OF_PINGOUIN,
    )
    bench_report.write(
        f"{REPLICATES} permutations of 30 people's mixed ANOVA, one of pingouin times as many",
        ours_s=ours_s,
        ancova_s=ancova_s,
        pingouin_s=peer_s,
        times_pingouin=peer_s / ours_s,
    )
    assert ours_s <= SECONDS_TARGET
    assert ancova_s <= SECONDS_TARGET
    assert peer_s / ours_s >= PINGOUIN_TARGET
