"""The outcome after against the dose in the training arm, both freed of the baseline, with a line.

An added-variable plot: the slope of its line is the slope of the dose in post ~ dose + pre
(Cook and Weisberg 1982, 2.3.2), so the picture shows what the table says.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from server.analysis.methods.design import TRAINING, Floats, TwoByTwo
from server.analysis.methods.result import tell_tail, write_percent
from server.analysis.report.column_words import name_outcome
from server.analysis.report.document import Figure
from server.analysis.report.figures.drawing import COLOURS, Drawing, make_scale
from server.analysis.report.number_words import write_number

_WIDTH, _HEIGHT = 460.0, 340.0
_LEFT, _RIGHT, _TOP, _FLOOR = 76.0, 444.0, 16.0, 282.0
_STEPS = 40  # of the band's edge


@dataclass(frozen=True, slots=True)
class _Line:
    """What is left of post against what is left of dose, with a band of the line."""

    dose: Floats
    post: Floats
    slope: float
    grid: Floats
    half: Floats


def draw_dose_response(
    design: TwoByTwo, dose: Floats, dose_name: str, unit: str, level: float
) -> Figure:
    """(n,) doses of everybody; of them the training arm's complete rows are drawn.

    `level` is of the line's band.
    """
    rows = design.is_training & design.is_complete & ~np.isnan(dose)
    line = _fit(dose[rows], design.pre[rows], design.post[rows], level)
    drawing = Drawing(_WIDTH, _HEIGHT)
    across, x_ticks = make_scale(line.dose.tolist(), _LEFT, _RIGHT)
    fitted = line.slope * line.grid
    edges = [*(fitted - line.half).tolist(), *(fitted + line.half).tolist()]
    up, y_ticks = make_scale([*line.post.tolist(), *edges], _FLOOR, _TOP)
    name = name_outcome(design.outcome)
    in_unit = f" ({unit})" if unit else ""
    drawing.axis_x(across, x_ticks, _FLOOR, f"{dose_name}, beside the baseline")
    drawing.axis_y(up, y_ticks, _LEFT, f"{name} after{in_unit}, beside the baseline")
    xs = [across.place(x) for x in line.grid.tolist()]
    low = [up.place(y) for y in (fitted - line.half).tolist()]
    high = [up.place(y) for y in (fitted + line.half).tolist()]
    drawing.area([*zip(xs, low, strict=True), *zip(xs[::-1], high[::-1], strict=True)],
                 COLOURS[TRAINING])  # fmt: skip
    drawing.line(
        [(x, up.place(y)) for x, y in zip(xs, fitted.tolist(), strict=True)], COLOURS[TRAINING], 2
    )
    for x, y in zip(line.dose.tolist(), line.post.tolist(), strict=True):
        drawing.mark(across.place(x), up.place(y), TRAINING)
    words = (
        f"{name} after against {dose_name} in training (n = {len(line.dose)}), both beside the"
        f" baseline: slope {write_number(line.slope)}"
    )
    band = f"the line's {write_percent(level)} % band"
    caption = f"{words}, with {band}. An association, no effect of dose is shown."
    return Figure(caption, drawing.to_svg(words), words)


def _fit(dose: Floats, pre: Floats, post: Floats, level: float) -> _Line:
    beside = np.column_stack([np.ones(len(pre)), pre])
    left_dose, left_post = _leave(beside, dose), _leave(beside, post)
    squares = float(left_dose @ left_dose)
    slope = float(left_dose @ left_post) / squares
    rest = left_post - slope * left_dose
    df = len(dose) - 3
    error = float(np.sqrt(rest @ rest / df))
    grid = np.linspace(float(left_dose.min()), float(left_dose.max()), _STEPS)
    reach = float(stats.t.ppf(1 - tell_tail(level), df))
    half = reach * error * np.sqrt(1 / len(dose) + grid**2 / squares)
    return _Line(left_dose, left_post, slope, grid, half)


def _leave(beside: Floats, values: Floats) -> Floats:
    taken, *_ = np.linalg.lstsq(beside, values, rcond=None)
    return np.asarray(values - beside @ taken)
