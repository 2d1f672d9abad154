"""Standard error and degrees of freedom of one fixed effect in a small sample."""

from dataclasses import dataclass

import numpy as np

from server.analysis.methods.mixed.likelihood import Likelihood


@dataclass(frozen=True, slots=True)
class Adjusted:
    """`se` in the outcome's unit; `df` need not be whole."""

    se: float
    df: float


def adjust_small_sample(at: Likelihood, column: int) -> Adjusted:
    """Kenward and Roger 1997, Biometrics 53(3), for the fixed effect in `column`.

    For a single contrast their F needs no scaling, and their degrees of freedom come down to
    2 / A2 (their section 3, with one numerator degree of freedom).
    """
    covariance = at.fixed_covariance
    weights = 2 * np.linalg.inv(at.information)
    inner = at.second - np.einsum("kab,bc,lcd->klad", at.first, covariance, at.first)
    bias = covariance @ np.einsum("kl,klad->ad", weights, inner) @ covariance
    adjusted = covariance + 2 * bias
    slopes = (covariance @ at.first @ covariance)[:, column, column] / covariance[column, column]
    return Adjusted(
        se=float(np.sqrt(adjusted[column, column])),
        df=float(2 / (slopes @ weights @ slopes)),
    )
