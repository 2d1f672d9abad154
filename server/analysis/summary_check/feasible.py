"""Which F a table's n, means and SDs allow, over every correlation of before and after."""

import math

import numpy as np
import numpy.typing as npt

from server.analysis.summary_check.contrasts import (
    Stratum,
    Term,
    cell_weights,
    contrast_scale,
    other_error,
    stratum_of,
)
from server.analysis.summary_check.printed import Interval
from server.analysis.summary_check.table import ArmCells, Measure


def find_feasible_f(measure: Measure, term: Term, *, rounded: bool) -> Interval:
    """F over r in [-1, 1] of each arm; `rounded`: over all roundings of means and SDs as well.

    Exact: means act on the numerator only, SDs and r on the denominator only.
    """
    contrast = find_contrast(measure, term, rounded=rounded)
    low = 0.0 if contrast.lo <= 0 <= contrast.hi else min(abs(contrast.lo), abs(contrast.hi))
    high = max(abs(contrast.lo), abs(contrast.hi))
    scale = contrast_scale(term, measure.sizes.control, measure.sizes.training)
    error = find_error(measure, stratum_of(term), rounded=rounded)
    lowest = divide(low**2, scale * error.hi) if low > 0 else 0.0
    return Interval(lowest, divide(high**2, scale * error.lo))


def find_f(measure: Measure, term: Term, covariance: float) -> float:
    """F by the numbers as printed and the covariance of before and after, pooled over arms."""
    contrast = find_contrast(measure, term, rounded=False).lo
    variance = find_variance(measure, rounded=False).lo
    scale = contrast_scale(term, measure.sizes.control, measure.sizes.training)
    within = variance - 2 * covariance
    is_within = stratum_of(term) is Stratum.WITHIN
    error = within if is_within else other_error(Stratum.WITHIN, within, variance)
    return divide(contrast**2, scale * error)


def find_contrast(measure: Measure, term: Term, *, rounded: bool) -> Interval:
    """L of a term."""
    weights = contrast_of(measure, term)
    middle = float(weights @ mean_vector(measure))
    halves = np.array([cell.mean.half_unit for cell in measure.cells])
    reach = float(np.abs(weights) @ halves) if rounded else 0.0
    return Interval(middle - reach, middle + reach)


def find_error(measure: Measure, stratum: Stratum, *, rounded: bool) -> Interval:
    """E of a stratum: from |s_pre - s_post| at one end of r to s_pre + s_post at the other."""
    ends = [_arm_ends(arm, rounded=rounded) for arm in (measure.control, measure.training)]
    weights = (measure.sizes.control - 1, measure.sizes.training - 1)
    quarter = 4.0 if stratum is Stratum.BETWEEN else 1.0
    df = measure.sizes.error_df * quarter
    lo = sum(w * one.lo for w, one in zip(weights, ends, strict=True)) / df
    return Interval(lo, sum(w * one.hi for w, one in zip(weights, ends, strict=True)) / df)


def find_variance(measure: Measure, *, rounded: bool) -> Interval:
    """S: both times' variances summed, pooled over arms."""
    lo = hi = 0.0
    sizes = (measure.sizes.control, measure.sizes.training)
    for n, arm in zip(sizes, (measure.control, measure.training), strict=True):
        for cell in (arm.pre, arm.post):
            sd = cell.sd.spread if rounded else Interval(cell.sd.value, cell.sd.value)
            lo += (n - 1) * sd.lo**2
            hi += (n - 1) * sd.hi**2
    return Interval(lo / measure.sizes.error_df, hi / measure.sizes.error_df)


def mean_vector(measure: Measure) -> npt.NDArray[np.float64]:
    """The four means, shape (4,)."""
    return np.array([cell.mean.value for cell in measure.cells])


def contrast_of(measure: Measure, term: Term) -> npt.NDArray[np.float64]:
    return cell_weights(term, measure.sizes.control, measure.sizes.training)


def divide(numerator: float, denominator: float) -> float:
    """A ratio of two that aren't negative; over nothing it has no limit."""
    if denominator > 0:
        return numerator / denominator
    return math.inf


def _arm_ends(arm: ArmCells, *, rounded: bool) -> Interval:
    pre, post = (
        cell.sd.spread if rounded else Interval(cell.sd.value, cell.sd.value)
        for cell in (arm.pre, arm.post)
    )
    apart = max(0.0, pre.lo - post.hi, post.lo - pre.hi)
    return Interval(apart**2, (pre.hi + post.hi) ** 2)
