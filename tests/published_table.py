"""Made-up participants whose means, SDs and correlations are exactly those asked for.

With the cells of the study's Table 3 they give what that table can be checked by.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from server.analysis.methods.design import Floats, TwoByTwo

N_PER_ARM: Final = 15
Cell = tuple[float, float]  # mean, SD (n - 1)


def make_arm(pre: Cell, post: Cell, correlation: float) -> tuple[Floats, Floats]:
    """(15,) pre and post: two columns that are made orthogonal, and then put together."""
    first = _standardise(np.linspace(-2.0, 2.0, N_PER_ARM))
    second = np.cos(np.arange(N_PER_ARM) * 2.1)
    second = _standardise(second - second.mean() - first * (first @ second) / (first @ first))
    mixed = correlation * first + np.sqrt(1 - correlation**2) * second
    return pre[0] + pre[1] * first, post[0] + post[1] * mixed


def make_table(
    outcome: str,
    control: Sequence[Cell],
    training: Sequence[Cell],
    correlations: tuple[float, float],
) -> TwoByTwo:
    """Both arms of pre and post cells; `correlations` are of control and of training."""
    arms = [
        make_arm(arm[0], arm[1], correlation)
        for arm, correlation in zip((control, training), correlations, strict=True)
    ]
    return TwoByTwo.from_arrays(
        outcome,
        [f"P{number:02d}" for number in range(2 * N_PER_ARM)],
        ["control"] * N_PER_ARM + ["training"] * N_PER_ARM,
        np.concatenate([pre for pre, _ in arms]),
        np.concatenate([post for _, post in arms]),
    )


def _standardise(values: Floats) -> Floats:
    return np.asarray((values - values.mean()) / values.std(ddof=1))


def bdnf_of_the_table() -> TwoByTwo:
    """One correlation in both arms, which is that of the printed F of the interaction."""
    return make_table(
        "bdnf", [(227.77, 26.30), (223.07, 10.85)], [(228.78, 60.46), (450.43, 24.31)],
        (-0.4242, -0.4242),
    )  # fmt: skip


def gdnf_of_the_table() -> TwoByTwo:
    """As `bdnf_of_the_table`; here the correlation comes out above 0."""
    return make_table(
        "gdnf", [(103.51, 19.07), (94.60, 11.50)], [(101.78, 17.01), (188.05, 9.32)],
        (0.3409, 0.3409),
    )  # fmt: skip
