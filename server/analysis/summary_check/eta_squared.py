"""Eta squared of three kinds from n, means and SDs.

Partial is F / (F + df2) (Cohen 1973). Generalised (Olejnik & Algina 2003) and classical need the
sums of squares, and these follow from means and SDs without any correlation: with both errors
summed, SS_within + SS_between = (N - 2) S. So does the sum of all where n are equal.
"""

import math

from server.analysis.summary_check.contrasts import (
    PRINTED_TERMS,
    Stratum,
    Term,
    contrast_scale,
    stratum_of,
)
from server.analysis.summary_check.feasible import find_contrast, find_variance
from server.analysis.summary_check.table import Measure


def partial_eta_squared(f: float, error_df: int) -> float:
    """Of an effect with one degree of freedom."""
    return 1.0 if f == math.inf else f / (f + error_df)


def generalised_eta_squared(measure: Measure, term: Term) -> float:
    """By the numbers as printed; the arms are manipulated, nothing else is measured."""
    effect = _sum_of_squares(measure, term)
    return effect / (effect + _error_sum(measure)) if effect else 0.0


def classical_eta_squared(measure: Measure, term: Term) -> float | None:
    """None where n are unequal: there sums of squares of type III don't add up."""
    if measure.sizes.control != measure.sizes.training:
        return None
    effects = sum(_sum_of_squares(measure, one) for one in PRINTED_TERMS)
    total = effects + _error_sum(measure)
    return _sum_of_squares(measure, term) / total if total else None


def _sum_of_squares(measure: Measure, term: Term) -> float:
    """L^2 / (v E) times its mean square of error, which is E / 2 within people and 2 E between."""
    contrast = find_contrast(measure, term, rounded=False).lo
    scale = contrast_scale(term, measure.sizes.control, measure.sizes.training)
    per_error = 0.5 if stratum_of(term) is Stratum.WITHIN else 2.0
    return contrast**2 / scale * per_error


def _error_sum(measure: Measure) -> float:
    return measure.sizes.error_df * find_variance(measure, rounded=False).lo
