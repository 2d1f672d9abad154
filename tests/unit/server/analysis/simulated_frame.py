"""SIMULATED participants near the cells of the study's Table 3, for tests of the whole analysis."""

from typing import TYPE_CHECKING

import numpy as np

from server.analysis.frame import Frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

N_PER_ARM = 15


def simulate_frame(seed: int = 4) -> Frame:
    """15 in each arm; one of control has no bdnf after; doses in training alone."""
    generator = np.random.default_rng(seed)
    group = ("control",) * N_PER_ARM + ("training",) * N_PER_ARM
    is_training = np.array([arm == "training" for arm in group])
    columns: dict[str, NDArray[np.float64]] = {}
    for outcome, control, training, sd in (("bdnf", 223, 450, 20), ("gdnf", 55, 150, 10)):
        pre = generator.normal(control, sd, 2 * N_PER_ARM)
        post = np.where(is_training, training, control) + 0.5 * (pre - control)
        columns[f"{outcome}_pre"] = pre
        columns[f"{outcome}_post"] = post + generator.normal(0, sd, 2 * N_PER_ARM)
    columns["bdnf_post"][3] = np.nan
    dose = generator.normal(4300, 500, 2 * N_PER_ARM)
    columns["srpe_load_au"] = np.where(is_training, dose, 0.0)
    columns["age_y"] = generator.normal(36.5, 5.6, 2 * N_PER_ARM)
    codes = tuple(f"P{number:02d}" for number in range(1, 2 * N_PER_ARM + 1))
    return Frame(codes, group, columns)
