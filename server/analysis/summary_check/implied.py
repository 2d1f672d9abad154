"""What one F says about the covariance of before and after, and so about the other F.

An F with its means gives the error it was tested against, and both errors together are fixed by
the SDs: the second error and every other F follow.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from server.analysis.summary_check.contrasts import (
    Stratum,
    Term,
    contrast_scale,
    other_error,
    stratum_of,
)
from server.analysis.summary_check.feasible import (
    contrast_of,
    divide,
    find_contrast,
    find_feasible_f,
    find_variance,
    mean_vector,
)
from server.analysis.summary_check.printed import Interval, Printed
from server.analysis.summary_check.table import Measure

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Anchor:
    """A printed F, taken as the F of `term`."""

    measure: Measure
    term: Term
    f: Printed

    @cached_property
    def is_telling(self) -> bool:
        """Not so where the means or F may be 0: then every covariance gives that F."""
        contrast = find_contrast(self.measure, self.term, rounded=True)
        return not contrast.lo <= 0 <= contrast.hi and self.f.rounded.lo > 0

    @cached_property
    def error(self) -> float:
        """E of its own stratum by the numbers as printed."""
        contrast = find_contrast(self.measure, self.term, rounded=False).lo
        return contrast**2 / (self._scale(self.term) * self.f.value)

    @cached_property
    def covariance(self) -> float:
        """Of before and after, pooled over arms; may lie beyond what any r gives."""
        within = self.error_of(Stratum.WITHIN)
        return (find_variance(self.measure, rounded=False).lo - within) / 2

    def error_of(self, stratum: Stratum) -> float:
        own = stratum_of(self.term)
        if stratum is own:
            return self.error
        return other_error(own, self.error, find_variance(self.measure, rounded=False).lo)

    def imply(self, term: Term) -> float:
        """F of another term by the numbers as printed; infinite where no error is left for it."""
        contrast = find_contrast(self.measure, term, rounded=False).lo
        return divide(contrast**2, self._scale(term) * self.error_of(stratum_of(term)))

    def imply_range(self, term: Term) -> Interval:
        """F of another term over all roundings of means, SDs and the anchor's F.

        The highest value lies at a corner of the roundings (in each mean it is an affine function
        over the root of a concave one); the lowest is searched for on three points of each mean.
        """
        feasible = find_feasible_f(self.measure, term, rounded=True)
        if not self.is_telling:
            return feasible
        squares = (contrast_of(self.measure, term) @ mean_grid(self.measure)) ** 2
        errors = self._error_grid(stratum_of(term))
        ratios = np.full(errors.shape, math.inf)
        np.divide(squares, self._scale(term) * errors, out=ratios, where=errors > 0)
        contrast = find_contrast(self.measure, term, rounded=True)
        lowest = 0.0 if contrast.lo <= 0 <= contrast.hi else float(ratios.min())
        return feasible.meet(Interval(min(lowest, float(ratios.max())), float(ratios.max())))

    def _error_grid(self, stratum: Stratum) -> Array:
        """E of a stratum, shape (2, 2, 81): ends of S, ends of F, points of the means."""
        own = stratum_of(self.term)
        squares = (contrast_of(self.measure, self.term) @ mean_grid(self.measure)) ** 2
        ends = np.array([self.f.rounded.lo, self.f.rounded.hi]).reshape(1, 2, 1)
        errors = np.broadcast_to(squares / (self._scale(self.term) * ends), (2, 2, squares.size))
        if stratum is own:
            return errors
        variance = find_variance(self.measure, rounded=True)
        doubled = 2 * np.array([variance.lo, variance.hi]).reshape(2, 1, 1)
        return (doubled - errors) / 4 if own is Stratum.WITHIN else doubled - 4 * errors

    def _scale(self, term: Term) -> float:
        return contrast_scale(term, self.measure.sizes.control, self.measure.sizes.training)


def fits_alone(measure: Measure, term: Term, f: Printed) -> bool:
    """Whether some correlations and roundings give this F."""
    return find_feasible_f(measure, term, rounded=True).overlaps(f.spread)


def fit_together(one: Anchor, other: Anchor) -> bool:
    """Whether one covariance gives both, each taken as the anchor of the other."""
    return one.imply_range(other.term).overlaps(other.f.spread) and other.imply_range(
        one.term
    ).overlaps(one.f.spread)


def mean_grid(measure: Measure) -> Array:
    """Lower end, middle and upper end of each mean with those of all others, shape (4, 81)."""
    middle = mean_vector(measure)
    halves = np.array([cell.mean.half_unit for cell in measure.cells])
    steps = np.array(np.meshgrid(*[[-1.0, 0.0, 1.0]] * 4, indexing="ij")).reshape(4, -1)
    grid: Array = middle[:, None] + halves[:, None] * steps
    return grid
