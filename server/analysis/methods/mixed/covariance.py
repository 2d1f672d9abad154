"""How pre and post of one participant vary together: sums of known 2 x 2 matrices."""

from enum import StrEnum

import numpy as np

from server.analysis.methods.design import Floats


class Covariance(StrEnum):
    """`RANDOM_INTERCEPT`: one variance, and a covariance that is not negative.

    `UNSTRUCTURED`: two variances and any covariance.
    """

    RANDOM_INTERCEPT = "random_intercept"
    UNSTRUCTURED = "unstructured"

    @property
    def basis(self) -> Floats:
        """(k, 2, 2): the matrices that the k parameters multiply."""
        if self is Covariance.RANDOM_INTERCEPT:
            return np.array([np.eye(2), np.ones((2, 2))])
        return np.array([[[1.0, 0], [0, 0]], [[0, 0], [0, 1.0]], [[0, 1.0], [1.0, 0]]])

    def start(self, variance: float) -> Floats:
        """(k,): two equal variances; correlation .5 for the first, none for the second."""
        if self is Covariance.RANDOM_INTERCEPT:
            return np.array([variance / 2, variance / 2])
        return np.array([variance, variance, 0.0])

    def combine(self, parameters: Floats) -> Floats:
        """(2, 2): the covariance of pre and post."""
        combined: Floats = np.einsum("k,kts->ts", parameters, self.basis)
        return combined
