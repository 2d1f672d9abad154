"""Tobit: a normal regression in which what lies outside a limit is known to lie there, no more.

Tobin, Econometrica 1958; 26: 24-36. The same likelihood as R's
`survreg(Surv(lower, upper, type = "interval2") ~ group + pre, dist = "gaussian")`.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from scipy import optimize, stats

from server.analysis.methods.ancova import FEWEST_PER_ARM
from server.analysis.methods.censored.censoring import Censoring
from server.analysis.methods.censored.result import CensoredComparison
from server.analysis.methods.design import Flags, Floats, TwoByTwo
from server.analysis.methods.result import LEVEL, tell_tail
from server.errors import MethodError

_NOTE: Final = (
    "Sensitivity analysis: a post outside the assay's limits counts as one that is somewhere "
    "beyond them. By maximum likelihood with normal residuals and normal quantiles, which are a "
    "little narrow in few participants; whoever has no measured pre is left out."
)
_GROUP: Final = 1  # its column
_STEP: Final = 1e-5
_STEEP: Final = 1e-4  # a gradient that is still so steep, per SD and participant, is no maximum


@dataclass(frozen=True, slots=True, kw_only=True)
class Tobit(CensoredComparison):
    """`z` is of the Wald test; `sigma` is the residual spread by maximum likelihood."""

    analysis: ClassVar[str] = "tobit"

    z: float
    sigma: float


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """(n, 3) columns; (n,) posts or limits, standardised; (n,) side of the limit."""

    x: Floats
    y: Floats
    side: Floats

    def compute_loss(self, theta: Floats) -> tuple[float, Floats]:
        """Negative log likelihood at (coefficients, log sigma), and its (4,) gradient."""
        sigma = float(np.exp(theta[-1]))
        z = (self.y - self.x @ theta[:-1]) / sigma
        is_in = self.side == 0
        beyond = -self.side * z  # what is below lies left of z, what is above right of it
        log_beyond = stats.norm.logcdf(beyond)
        mills = np.exp(stats.norm.logpdf(z) - log_beyond)
        loss = np.where(is_in, z * z / 2 + theta[-1], -log_beyond).sum()
        slope = np.where(is_in, z, self.side * mills)  # d log likelihood / d mean, times sigma
        by_scale = np.where(is_in, z * z - 1, self.side * mills * z)
        return float(loss), -np.append(self.x.T @ slope / sigma, by_scale.sum())


def fit_tobit(design: TwoByTwo, censoring: Censoring, *, level: float = LEVEL) -> Tobit:
    """Raises MethodError where no post is beyond a known limit, for fewer than three measured
    posts in an arm, a baseline that doesn't vary and a likelihood without a maximum."""
    is_out = censoring.post.is_outside & ~np.isnan(censoring.post.limit)
    kept = ~np.isnan(design.pre) & (is_out | ~np.isnan(design.post))
    _check(design, is_out & kept, kept)
    post = np.where(is_out, censoring.post.limit, design.post)[kept]
    middle, spread = float(post.mean()), float(post.std())
    pre = design.pre[kept]
    x = np.column_stack(
        [np.ones(len(pre)), design.is_training[kept], (pre - pre.mean()) / pre.std()]
    )
    side = np.where(is_out, censoring.post.side, 0.0)[kept]
    theta, covariance = _maximise(design.outcome, _Rows(x, (post - middle) / spread, side))
    estimate, se = (
        float(theta[_GROUP]) * spread,
        float(np.sqrt(covariance[_GROUP, _GROUP])) * spread,
    )
    half = float(stats.norm.ppf(1 - tell_tail(level))) * se
    return Tobit(
        outcome=design.outcome,
        n=len(pre),
        notes=(_NOTE,),
        level=level,
        estimate=estimate,
        se=se,
        ci=(estimate - half, estimate + half),
        p=float(2 * stats.norm.sf(abs(estimate / se))),
        z=estimate / se,
        sigma=float(np.exp(theta[-1])) * spread,
        n_below=int((side < 0).sum()),
        n_above=int((side > 0).sum()),
        n_left_out=design.n - len(pre),
    )


def _check(design: TwoByTwo, is_out: Flags, kept: Flags) -> None:
    if not is_out.any():
        raise MethodError(
            f"no post of {design.outcome} is beyond a known limit among those with a pre"
        )
    design.select(kept & ~is_out).check_arms("Tobit regression", FEWEST_PER_ARM)
    for told, column in (("baseline", design.pre[kept]), ("post", design.post[kept & ~is_out])):
        if np.ptp(column) <= 1e-9 * np.abs(column).max():
            raise MethodError(f"the {told} of {design.outcome} doesn't vary")


def _maximise(outcome: str, rows: _Rows) -> tuple[Floats, Floats]:
    """(4,) at the maximum, and the (4, 4) inverse of the observed information there."""
    start = np.append(np.linalg.lstsq(rows.x, rows.y, rcond=None)[0], 0.0)
    found = optimize.minimize(rows.compute_loss, start, jac=True, method="BFGS",
                              options={"gtol": 1e-9, "maxiter": 2_000})  # fmt: skip
    theta = np.asarray(found.x, dtype=np.float64)
    information = _measure_information(rows, theta)
    steepness = float(np.abs(rows.compute_loss(theta)[1]).max()) / len(rows.y)
    if not np.isfinite(theta).all() or steepness > _STEEP:
        raise MethodError(f"Tobit regression of {outcome}: the likelihood has no maximum")
    if np.linalg.eigvalsh(information).min() <= 0:
        raise MethodError(f"Tobit regression of {outcome}: the likelihood is flat at its maximum")
    return theta, np.asarray(np.linalg.inv(information), dtype=np.float64)


def _measure_information(rows: _Rows, theta: Floats) -> Floats:
    """(4, 4) second derivatives of the loss, by central differences of its gradient."""
    steps = _STEP * np.eye(len(theta))
    by_row = [
        (rows.compute_loss(theta + step)[1] - rows.compute_loss(theta - step)[1]) / (2 * _STEP)
        for step in steps
    ]
    information = np.array(by_row, dtype=np.float64)
    return (information + information.T) / 2
