"""By hand; against R it is checked by what is built on it (test_ancova.py)."""

import numpy as np
import pytest

from server.analysis.methods.linear_fit import fit_linear


def test_a_line_by_hand() -> None:
    """x 0 1 2 3, y 1 2 2 4: slope 0.9, intercept 0.9, residuals 0.1 0.2 -0.7 0.4, squares 0.7."""
    x, y = np.array([0.0, 1, 2, 3]), np.array([1.0, 2, 2, 4])
    fit = fit_linear("A line", y, (np.ones(4), x))
    intercept, slope = fit.coefficients
    assert (intercept.estimate, slope.estimate) == pytest.approx((0.9, 0.9))
    assert fit.residuals == pytest.approx([0.1, 0.2, -0.7, 0.4])
    assert (fit.df, fit.mean_square) == pytest.approx((2, 0.35))
    assert (slope.se, slope.t) == pytest.approx((0.07**0.5, 0.9 / 0.07**0.5))
    # Student's t of 2 df is 4.302653 at 97.5 %. HC3: leverages 0.7 0.3 0.3 0.7, x from its mean.
    assert slope.ci[1] - slope.estimate == pytest.approx(4.302653 * slope.se, rel=1e-6)
    squares = np.array([0.1 / 0.3, 0.2 / 0.7, -0.7 / 0.7, 0.4 / 0.3]) ** 2
    robust_se = (float(((x - 1.5) ** 2 * squares).sum()) / 25) ** 0.5
    assert slope.ci_hc3[1] - slope.estimate == pytest.approx(4.302653 * robust_se, rel=1e-6)
