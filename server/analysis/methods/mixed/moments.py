"""The measurements of the two-by-two design as a linear model, summed up for its likelihood."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import numpy as np

from server.analysis.methods.design import Floats, TwoByTwo
from server.errors import MethodError


class Model(StrEnum):
    """Fixed effects; in both, the last one is what the arms differ by after the weeks.

    `GROUP_BY_TIME`: group, time and their interaction. `BASELINE_CONSTRAINED`: one mean at pre
    for both arms, as chance dealt them (Liang and Zeger 2000, Sankhya B 62; "cLDA").
    """

    GROUP_BY_TIME = "group_by_time"
    BASELINE_CONSTRAINED = "baseline_constrained"


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums over the participants with both, with pre only and with post only: three patterns.

    `counts` is (3,); `products` (3, 2, 2, p + 1, p + 1) has, for each pair
    of times, the products of the p fixed columns and of what least squares leaves of the outcome;
    `start` (p,) is what it took, and `variance` the mean square of the rest.
    """

    counts: Floats
    products: Floats
    start: Floats
    variance: float

    @classmethod
    def of(cls, design: TwoByTwo, model: Model) -> Self:
        """From every measurement there is. Raises MethodError for an outcome without spread."""
        measured = np.stack([design.pre, design.post], axis=1)
        is_there = ~np.isnan(measured)
        fixed = _build_fixed(design, model)
        found, _, rank, _ = np.linalg.lstsq(fixed[is_there], measured[is_there], rcond=None)
        start = np.asarray(found, dtype=np.float64)
        if rank < fixed.shape[2]:
            raise MethodError(f"{design.outcome}: its measurements don't tell arms and times apart")
        rest = np.where(is_there, measured - fixed @ start, 0.0)
        df = int(is_there.sum()) - rank
        variance = float((rest**2).sum()) / df if df > 0 else 0.0
        if variance <= (1e-12 * np.abs(measured[is_there]).max()) ** 2:
            raise MethodError(f"{design.outcome} doesn't vary within arm and time: nothing to test")
        columns = np.concatenate([fixed, rest[:, :, None]], axis=2) * is_there[:, :, None]
        patterns = np.array([[True, True], [True, False], [False, True]])
        rows = [(is_there == pattern).all(axis=1) for pattern in patterns]
        products = np.array([np.einsum("mti,msj->tsij", columns[r], columns[r]) for r in rows])
        counts = np.array([float(r.sum()) for r in rows])
        return cls(counts, products, start, variance)


def _build_fixed(design: TwoByTwo, model: Model) -> Floats:
    """(n, 2, p): intercept, (group,) time, group by time."""
    group = np.repeat(design.is_training.astype(np.float64)[:, None], 2, axis=1)
    time = np.broadcast_to(np.array([0.0, 1.0]), group.shape)
    columns = [np.ones_like(group), time, group * time]
    if model is Model.GROUP_BY_TIME:
        columns.insert(1, group)
    return np.stack(columns, axis=2)
