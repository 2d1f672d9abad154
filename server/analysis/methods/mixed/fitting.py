"""The covariance that makes the measurements most likely, once the fixed effects are taken out."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from server.analysis.methods.design import Floats
from server.analysis.methods.mixed.covariance import Covariance
from server.analysis.methods.mixed.likelihood import Likelihood
from server.analysis.methods.mixed.moments import Moments
from server.errors import MethodError

_SETTLED: Final = 1e-11  # step of a parameter over the largest parameter
_MOST_STEPS: Final = 300
_SHORTEST: Final = 1e-6  # of a step: less is no way up


@dataclass(frozen=True, slots=True)
class Fit:
    """`is_singular`: the random intercept is at zero, where its variance cannot go below."""

    top: Likelihood
    is_singular: bool


def fit_restricted(outcome: str, moments: Moments, covariance: Covariance) -> Fit:
    """Raises MethodError where the likelihood has no top inside.

    Where it falls from a random intercept of zero, that is the top: ordinary least squares.
    """
    if covariance is Covariance.RANDOM_INTERCEPT:
        flat = Likelihood.at(np.array([moments.variance, 0.0]), moments, covariance.basis)
        if flat and flat.score[1] <= 0:
            return Fit(flat, is_singular=True)
    top = _find_top(moments, covariance)
    if top is None:
        raise MethodError(
            f"{outcome}: the covariance of pre and post cannot be estimated; too few participants "
            "have both, or the two follow from each other exactly"
        )
    return Fit(top, is_singular=False)


def _find_top(moments: Moments, covariance: Covariance) -> Likelihood | None:
    """By Fisher's scoring; None where it doesn't settle."""
    at = Likelihood.at(covariance.start(moments.variance), moments, covariance.basis)
    for _ in range(_MOST_STEPS):
        step = None if at is None else _find_step(at)
        if at is None or step is None:
            return None
        if np.abs(step).max() <= _SETTLED * np.abs(at.parameters).max():
            return at
        at = _climb(at, step, moments, covariance.basis)
    return None


def _find_step(at: Likelihood) -> Floats | None:
    try:
        step = np.linalg.solve(at.information, at.score)
    except np.linalg.LinAlgError:  # next to a covariance that is none
        return None
    return 2 * np.asarray(step, dtype=np.float64)


def _climb(at: Likelihood, step: Floats, moments: Moments, basis: Floats) -> Likelihood | None:
    """A step up, shortened until it is one; None where there is none."""
    length = 1.0
    while length > _SHORTEST:
        there = Likelihood.at(at.parameters + length * step, moments, basis)
        if there and there.log_likelihood >= at.log_likelihood - 1e-12 * abs(at.log_likelihood):
            return there
        length /= 2
    return None
