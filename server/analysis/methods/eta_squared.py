"""Partial eta squared of an effect of one degree of freedom, and its interval of 90 %.

Two conventions turn the noncentrality into a share: Steiger (Psychol Methods 2004; 9: 164-182)
divides by lambda + N, the R package effectsize by lambda + df2. N is df1 + df2 + 1: everybody in
a mixed ANOVA of two arms, one fewer in an ANCOVA, whose covariate takes a degree of freedom.
"""

from enum import StrEnum
from typing import Final

from server.analysis.methods.noncentral import find_noncentrality_of_f
from server.analysis.methods.result import Interval

# Of 90 %, so that it leaves 0 out exactly when p < 0.05 (Steiger 2004).
_LOWER, _UPPER = 0.95, 0.05


class EtaConvention(StrEnum):
    """What the noncentrality lambda is divided by; the value is how a result tells it."""

    STEIGER = "lambda / (lambda + N), N = df1 + df2 + 1"
    ERROR_DF = "lambda / (lambda + df2)"


ETA_CONVENTION: Final = EtaConvention.STEIGER


def compute_partial_eta_squared(f: float, df2: int) -> float:
    """SS of the effect over itself and its error, from F(1, df2)."""
    return f / (f + df2)


def compute_partial_eta_squared_ci90(
    f: float, df2: int, convention: EtaConvention = ETA_CONVENTION
) -> Interval:
    """Interval of 90 % by the noncentral F(1, df2); an end is 0 where no noncentrality fits."""
    added = df2 + 2 if convention is EtaConvention.STEIGER else df2
    low, high = (find_noncentrality_of_f(f, df2, chance) for chance in (_LOWER, _UPPER))
    return low / (low + added), high / (high + added)
