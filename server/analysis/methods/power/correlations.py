"""One correlation in one group, tested against none: by Fisher's z, and exactly."""

from dataclasses import dataclass
from math import atanh, sqrt
from typing import ClassVar

import numpy as np
from scipy import integrate, special, stats

from server.analysis.methods.power.effect import Convention


@dataclass(frozen=True, slots=True)
class CorrelationFisher:
    """|z| of Fisher's transformation, with variance 1 / (n - 3) and no correction of its bias.

    Source: Cohen 1988, chapter 3; it asks for a little more than the exact distribution does.
    """

    name: ClassVar[str] = "correlation, Fisher z"
    effect_convention: ClassVar[str] = Convention.R.value
    smallest_n: ClassVar[int] = 4
    step: ClassVar[int] = 1
    largest_effect: ClassVar[float] = 1.0

    def compute_power(self, effect: float, n: int, alpha: float) -> float:
        """See Design."""
        shift, critical = atanh(effect) * sqrt(n - 3), stats.norm.isf(alpha / 2)
        return float(stats.norm.sf(critical - shift) + stats.norm.cdf(-critical - shift))


@dataclass(frozen=True, slots=True)
class CorrelationExact:
    """G*Power's "Exact: correlation, bivariate normal model"."""

    name: ClassVar[str] = "correlation, exact (bivariate normal)"
    effect_convention: ClassVar[str] = Convention.R.value
    smallest_n: ClassVar[int] = 4
    step: ClassVar[int] = 1
    largest_effect: ClassVar[float] = 1.0

    def compute_power(self, effect: float, n: int, alpha: float) -> float:
        """See Design."""
        critical = compute_critical_r(n, alpha)
        inside, _ = integrate.quad(
            _compute_density, -critical, critical, (effect, n), epsabs=1e-12, limit=200
        )
        return min(max(1.0 - inside, 0.0), 1.0)


def compute_critical_r(n: int, alpha: float = 0.05) -> float:
    """The smallest |r| of `n` pairs (>= 3) whose two-sided p is below `alpha`."""
    t = float(stats.t.isf(alpha / 2, n - 2))
    return t / sqrt(n - 2 + t**2)


def _compute_density(r: float, rho: float, n: int) -> float:
    """Of the sample correlation r at rho, both inside (-1, 1): Hotelling 1953, equation 25."""
    log_density = (
        np.log(n - 2)
        + special.gammaln(n - 1)
        - special.gammaln(n - 0.5)
        - 0.5 * np.log(2 * np.pi)
        + (n - 1) / 2 * np.log1p(-(rho**2))
        + (n - 4) / 2 * np.log1p(-(r**2))
        - (n - 1.5) * np.log1p(-rho * r)
        + np.log(special.hyp2f1(0.5, 0.5, n - 0.5, (1 + rho * r) / 2))
    )
    return float(np.exp(log_density))
