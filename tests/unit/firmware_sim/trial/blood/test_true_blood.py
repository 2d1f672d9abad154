"""What is true of the cells shows in many, and nothing else does."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from firmware_sim.trial.blood.model import (
    ANALYTES,
    ARMS,
    BASELINE,
    BDNF,
    BETWEEN_ANALYTES,
    GDNF,
    POST,
    PRE_POST_CORRELATION,
    SLOPE_PG_ML_PER_AU,
    TIME_POINTS,
    TRAINING,
    Blood,
    make_model,
)
from firmware_sim.trial.blood.samples import SimulatedBlood
from firmware_sim.trial.blood.true_blood import draw_true_blood
from tests.unit.firmware_sim.trial.blood.blood_course import (
    draw_loads,
    make_arms,
    simulate_blood,
)

Values = NDArray[np.float64]

N = 2000  # per arm
SE = 4.0  # standard errors: one check in 16,000 fails by chance, and the seed is fixed


def take(blood: SimulatedBlood, analyte: str, arm: str, point: str, n: int = N) -> Values:
    codes = [code for code, own in make_arms(n).items() if own == arm]
    return np.array([blood.true.pg_ml[code][analyte, point] for code in codes])


def correlate(first: Sequence[float], second: Values) -> float:
    """p of Pearson's r."""
    return float(np.asarray(stats.pearsonr(first, second).pvalue))


@pytest.fixture(scope="module")
def many() -> SimulatedBlood:
    return simulate_blood(Blood.EFFECT, N)


def test_cells_are_those_of_the_studys_table_3(many: SimulatedBlood) -> None:
    printed = {  # the study, Table 3
        (BDNF, "control"): ((227.77, 26.30), (223.07, 10.85)),
        (BDNF, TRAINING): ((228.78, 60.46), (450.43, 24.31)),
        (GDNF, "control"): ((103.51, 19.07), (94.60, 11.50)),
        (GDNF, TRAINING): ((101.78, 17.01), (188.05, 9.32)),
    }
    for (analyte, arm), cells in printed.items():
        for point, (mean, sd) in zip(TIME_POINTS, cells, strict=True):
            found = take(many, analyte, arm, point)
            assert abs(found.mean() - mean) < SE * sd / N**0.5, (analyte, arm, point)
            assert abs(found.std(ddof=1) - sd) < SE * sd / (2 * N) ** 0.5, (analyte, arm, point)


def test_before_and_after_and_both_analytes_go_together_as_told(many: SimulatedBlood) -> None:
    for arm in ARMS:
        for analyte in ANALYTES:
            pair = [take(many, analyte, arm, point) for point in TIME_POINTS]
            off = np.arctanh(np.asarray(np.corrcoef(pair))[0, 1]) - np.arctanh(PRE_POST_CORRELATION)
            assert abs(off) < SE / (N - 3) ** 0.5, (arm, analyte)
        before = [take(many, analyte, arm, BASELINE) for analyte in ANALYTES]
        off = np.arctanh(np.asarray(np.corrcoef(before))[0, 1]) - np.arctanh(BETWEEN_ANALYTES)
        assert abs(off) < SE / (N - 3) ** 0.5, arm


def test_least_squares_find_the_slope_and_what_is_left(many: SimulatedBlood) -> None:
    arms = make_arms(N)
    dose = np.array([*draw_loads(arms, 1).values()])
    pre, post = (take(many, BDNF, TRAINING, point) for point in TIME_POINTS)
    design = np.column_stack([np.ones(N), pre, dose])
    coefficients, (left,), *_ = np.linalg.lstsq(design, post, rcond=None)
    residual_sd = float((left / (N - 3)) ** 0.5)
    assert abs(coefficients[2] - SLOPE_PG_ML_PER_AU) < SE * residual_sd / (dose.std() * N**0.5)
    assert residual_sd == pytest.approx(many.true.residual_sd_pg_ml, rel=SE / (2 * N) ** 0.5)


def test_gdnf_and_who_does_not_train_have_no_slope() -> None:
    arms = make_arms(15)
    same = draw_true_blood(make_model(Blood.EFFECT), arms, dict.fromkeys(arms, 3000.0), 1)
    doses = {code: 3000.0 + place for place, code in enumerate(arms)}
    other = draw_true_blood(make_model(Blood.EFFECT), arms, doses, 1)
    moved = {
        (arms[code], *found)
        for code, own in same.pg_ml.items()
        for found, value in own.items()
        if abs(value - other.pg_ml[code][found]) > 1e-9
    }
    assert moved == {(TRAINING, BDNF, POST)}


def test_without_an_effect_neither_group_time_nor_dose_shows() -> None:
    """p of 200 trials of 15 and 15 is uniform (Kolmogorov-Smirnov)."""
    p: dict[str, list[float]] = {"group": [], "time": [], "dose": []}
    for seed in range(200):
        blood = simulate_blood(Blood.NONE, seed=seed)
        trained, others = (
            take(blood, BDNF, arm, POST, 15) - take(blood, BDNF, arm, BASELINE, 15) for arm in ARMS
        )
        dose = [*draw_loads(make_arms(15), seed).values()]
        p["group"].append(stats.ttest_ind(trained, others).pvalue)
        p["time"].append(
            float(np.asarray(stats.ttest_1samp(np.concatenate([trained, others]), 0).pvalue))
        )
        p["dose"].append(correlate(dose, take(blood, BDNF, TRAINING, POST, 15)))
    for name, found in p.items():
        assert stats.kstest(found, "uniform").pvalue > 0.01, name


def test_the_same_seed_gives_the_same_and_another_one_does_not() -> None:
    first, again, other = (simulate_blood(Blood.EFFECT, seed=seed) for seed in (1, 1, 2))
    assert first.list_rows() == again.list_rows()
    assert first.true.pg_ml != other.true.pg_ml


def test_a_dose_that_spreads_too_far_leaves_something_unexplained() -> None:
    arms = make_arms(2)
    wide = draw_true_blood(make_model(Blood.EFFECT), arms, {"P01": 0.0, "P02": 9000.0}, 1)
    assert wide.residual_sd_pg_ml == pytest.approx((0.25 * 0.75) ** 0.5 * 24.31)
