"""The restricted likelihood of a model whose covariance is linear in its parameters.

Formulas: Kenward and Roger 1997, Biometrics 53(3); second derivatives of the covariance are zero.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from server.analysis.methods.design import Floats
from server.analysis.methods.mixed.moments import Moments

_ROUNDING: Final = 1e-9  # of 1 - r squared


@dataclass(frozen=True, slots=True, eq=False)
class Likelihood:
    """At one set of k covariance parameters, with p fixed effects.

    `first` (k, p, p) and `second` (k, k, p, p) are Kenward and Roger's -P and Q; `information`
    (k, k) is twice the expected one.
    """

    parameters: Floats
    fixed: Floats
    fixed_covariance: Floats
    log_likelihood: float
    score: Floats
    first: Floats
    second: Floats
    information: Floats

    @classmethod
    def at(cls, parameters: Floats, moments: Moments, basis: Floats) -> Self | None:
        """`basis` (k, 2, 2). None where they are no covariance, or weigh one time beyond number."""
        whole = np.einsum("k,kts->ts", parameters, basis)
        if not _is_definite(whole):
            return None
        inverse, log_determinant = _invert(whole, moments)
        once = np.einsum("btu,kuv,bvs->bkts", inverse, basis, inverse)
        twice = np.einsum("bktu,luv,bvs->bklts", once, basis, inverse)
        cross = np.einsum("bts,btsij->ij", inverse, moments.products)
        by_one = np.einsum("bkts,btsij->kij", once, moments.products)
        by_two = np.einsum("bklts,btsij->klij", twice, moments.products)
        try:
            covariance = np.linalg.inv(cross[:-1, :-1])
        except np.linalg.LinAlgError:  # on the way to a time without any spread
            return None
        fixed = covariance @ cross[:-1, -1]
        rest = np.append(-fixed, 1.0)
        first, second = by_one[:, :-1, :-1], by_two[:, :, :-1, :-1]
        own = covariance @ first
        traces = np.einsum("b,bts,kst->k", moments.counts, inverse, basis)
        pairs = np.einsum("b,bkts,lst->kl", moments.counts, once, basis)
        log_twice = np.linalg.slogdet(covariance)[1] - log_determinant - rest @ cross @ rest
        return cls(
            parameters=parameters,
            fixed=fixed,
            fixed_covariance=covariance,
            log_likelihood=float(log_twice) / 2,
            score=(rest @ by_one @ rest - traces + np.trace(own, axis1=1, axis2=2)) / 2,
            first=first,
            second=second,
            information=pairs
            - 2 * np.einsum("ij,klji->kl", covariance, second)
            + np.einsum("kij,lji->kl", own, own),
        )


def _is_definite(whole: Floats) -> bool:
    """Two variances above zero, and pre and post not one and the same but for rounding."""
    product = whole[0, 0] * whole[1, 1]
    return bool(whole.diagonal().min() > 0 and product - whole[0, 1] ** 2 > _ROUNDING * product)


def _invert(whole: Floats, moments: Moments) -> tuple[Floats, float]:
    """(3, 2, 2) inverses with zeros where nothing was measured, and the sum of log determinants."""
    pre, post = whole[0, 0], whole[1, 1]
    inverse = np.array([np.linalg.inv(whole), np.diag([1 / pre, 0]), np.diag([0, 1 / post])])
    logs = np.log([np.linalg.det(whole), pre, post])
    return inverse, float(moments.counts @ logs)
