"""The slope on dose by permuted residuals: a p that asks nothing of their distribution's shape."""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from server.analysis.methods.dose_response.notes import ASSOCIATION, name_answer
from server.analysis.methods.dose_response.result import Role
from server.analysis.methods.dose_response.trained import Trained
from server.analysis.methods.linear_fit import fit_linear
from server.analysis.methods.result import Result
from server.errors import MethodError

REPLICATES: Final = 10_000
_ROUNDING: Final = 1e-10  # the same order again may differ by it, and still counts as reached


@dataclass(frozen=True, slots=True, kw_only=True)
class DosePermutation(Result):
    """`estimate` is the slope, in post per unit of dose; `p` is two-sided.

    p is (b + 1) / (replicates + 1), with b orders that reach the observed F: the observed one was
    possible too (Phipson & Smyth, Stat Appl Genet Mol Biol 2010; 9: 39).
    """

    analysis: ClassVar[str] = "permutation"

    measure: str
    dose: str
    role: Role
    adjusted_for: tuple[str, ...]
    estimate: float
    p: float
    replicates: int
    seed: int


def permute_dose_slope(
    trained: Trained, seed: int, role: Role = Role.NAMED, replicates: int = REPLICATES
) -> DosePermutation:
    """Residuals of post ~ pre + covariates in other orders (Freedman & Lane, J Bus Econ Stat 1983;
    1: 292-298), F of dose in each. Raises MethodError for what the linear slope is refused for.
    """
    if replicates < 1:
        raise MethodError(f"a permutation test needs at least 1 permutation, not {replicates}")
    adjusted = np.column_stack([np.ones(trained.n), trained.pre, trained.covariates])
    told = f"a permutation of {trained.outcome} on {trained.dose_name}"
    slope = fit_linear(told, trained.post, [trained.dose, *adjusted.T]).coefficients[0].estimate
    basis, _ = np.linalg.qr(adjusted)
    left = trained.post - basis @ (basis.T @ trained.post)
    dose = trained.dose - basis @ (basis.T @ trained.dose)
    rows = np.broadcast_to(left, (replicates, trained.n))
    permuted = np.random.default_rng(seed).permuted(rows, axis=1)
    # What an order has along the adjusted columns is taken up by their coefficients again.
    taken_up = ((permuted @ basis) ** 2).sum(axis=1)
    remaining = np.maximum(left @ left - taken_up, _ROUNDING * (left @ left))
    observed = (left @ dose) ** 2 / (left @ left)
    n_reached = int(((permuted @ dose) ** 2 / remaining >= observed * (1 - _ROUNDING)).sum())
    return DosePermutation(
        outcome=trained.outcome,
        n=trained.n,
        notes=(*name_answer(trained, "permuted slope", trained.notes), ASSOCIATION),
        measure="dose_slope",
        dose=trained.dose_name,
        role=role,
        adjusted_for=("pre", *trained.covariate_names),
        estimate=slope,
        p=(n_reached + 1) / (replicates + 1),
        replicates=replicates,
        seed=seed,
    )
