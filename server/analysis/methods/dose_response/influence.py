"""How much a slope hangs on single participants."""

from dataclasses import dataclass

import numpy as np

from server.analysis.methods.design import Floats


@dataclass(frozen=True, slots=True)
class Influence:
    """`slope_lowest` and `slope_highest` are of all fits that leave one participant out.

    `cook_largest` is Cook's distance (Technometrics 1977; 19: 15-18) of `cook_code`; above 1 it
    is a reason to look. `turns` is whether leaving one out turns the slope's sign.
    """

    cook_largest: float
    cook_code: str
    slope_lowest: float
    lowest_without: str
    slope_highest: float
    highest_without: str
    turns: bool


def measure_influence(
    codes: tuple[str, ...], design_matrix: Floats, residuals: Floats, column: int, slope: float
) -> Influence:
    """Of the fit with (n, p) `design_matrix` whose coefficient in `column` is `slope`.

    Each fit without one is exact, by the update of least squares, not fitted again.
    """
    n, p = design_matrix.shape
    inverse = np.linalg.inv(design_matrix.T @ design_matrix)
    leverage = np.einsum("ij,jk,ik->i", design_matrix, inverse, design_matrix)
    left = residuals / (1 - leverage)
    without = slope - (design_matrix @ inverse)[:, column] * left
    mean_square = float(residuals @ residuals) / (n - p)
    cook = left**2 * leverage / (p * mean_square)
    lowest, highest, largest = int(without.argmin()), int(without.argmax()), int(cook.argmax())
    return Influence(
        cook_largest=float(cook[largest]),
        cook_code=codes[largest],
        slope_lowest=float(without[lowest]),
        lowest_without=codes[lowest],
        slope_highest=float(without[highest]),
        highest_without=codes[highest],
        turns=bool(without[lowest] < 0 < without[highest]),
    )
