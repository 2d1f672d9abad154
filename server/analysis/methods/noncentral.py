"""The noncentral t distribution and its noncentrality, whatever far tail it is asked for.

scipy's own answers NaN there. A noncentral t is (Z + d) / S with Z normal and S a chi over the
root of its df, so each probability is one smooth integral over Z, or over S, on finite nodes.
"""

import math
from typing import Final

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtrc, chdtri, gammaln, ndtr

from server.analysis.methods.design import Floats

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(400)
_Z_REACH: Final = 9.0  # P(|Z| > 9) is 2e-19
_TAIL: Final = 1e-18  # of S on either side
_EXACT: Final = 1e-13  # of a noncentrality, relative


def compute_noncentral_t_cdf(t: float, df: float, noncentrality: float) -> float:
    """P(T <= t) for `df` >= 1; off by less than 1e-10."""
    if t < 0:
        return 1.0 - compute_noncentral_t_cdf(-t, df, -noncentrality)
    # S is about 1 wide by 1/sqrt(2 df): whichever factor is the wider one is integrated over.
    if t > math.sqrt(2 * df):
        return _integrate_over_z(t, df, noncentrality)
    return _integrate_over_s(t, df, noncentrality)


def compute_noncentral_f_cdf(f: float, df2: float, noncentrality: float) -> float:
    """P(F <= f) of one numerator df: such an F is the square of a noncentral t."""
    t, root = math.sqrt(f), math.sqrt(noncentrality)
    return compute_noncentral_t_cdf(t, df2, root) - compute_noncentral_t_cdf(-t, df2, root)


def find_noncentrality_of_t(t: float, df: float, probability: float) -> float:
    """The noncentrality under which P(T <= t) is `probability`, which lies within (0, 1)."""

    def miss(noncentrality: float) -> float:
        return compute_noncentral_t_cdf(t, df, noncentrality) - probability

    reach = 1.0 + abs(t)
    while miss(t - reach) < 0 or miss(t + reach) > 0:
        reach *= 2
    return float(brentq(miss, t - reach, t + reach, xtol=1e-12, rtol=_EXACT))


def find_noncentrality_of_f(f: float, df2: float, probability: float) -> float:
    """The noncentrality under which P(F(1, df2) <= f) is `probability`; 0 where none is.

    It falls with the noncentrality, so that none has more than the central one (Steiger 2004).
    """
    if compute_noncentral_f_cdf(f, df2, 0.0) <= probability:
        return 0.0

    def miss(root: float) -> float:
        return compute_noncentral_f_cdf(f, df2, root * root) - probability

    reach = 1.0 + math.sqrt(f)
    while miss(reach) > 0:
        reach *= 2
    return float(brentq(miss, 0.0, reach, xtol=1e-12, rtol=_EXACT)) ** 2


def _integrate_over_z(t: float, df: float, noncentrality: float) -> float:
    """P(S >= (Z + d) / t) over all Z; where Z + d is negative it is 1."""
    low, high = max(-_Z_REACH, min(-noncentrality, _Z_REACH)), _Z_REACH
    z, weight = _stretch(low, high)
    square = ((z + noncentrality) / t) ** 2
    inside = weight * np.exp(-0.5 * z * z) / math.sqrt(2 * math.pi) * chdtrc(df, df * square)
    return float(ndtr(low)) * (low > -_Z_REACH) + float(inside.sum())


def _integrate_over_s(t: float, df: float, noncentrality: float) -> float:
    """P(Z <= t S - d) over all S, whose log density is that of a chi over sqrt(df)."""
    low = math.sqrt(chdtri(df, 1 - 1e-16) / df) if df > 2 else 0.0
    high = math.sqrt(chdtri(df, _TAIL) / df)
    s, weight = _stretch(low, high)
    constant = math.log(2) + 0.5 * df * math.log(0.5 * df) - float(gammaln(0.5 * df))
    density = np.exp(constant + (df - 1) * np.log(s) - 0.5 * df * s * s)
    return float((weight * density * ndtr(t * s - noncentrality)).sum())


def _stretch(low: float, high: float) -> tuple[Floats, Floats]:
    half = 0.5 * (high - low)
    return low + half * (_NODES + 1.0), half * _WEIGHTS
