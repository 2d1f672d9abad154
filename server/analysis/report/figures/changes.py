"""Changes by arm with the difference of their means and its interval (Gardner-Altman)."""

import numpy as np

from server.analysis.methods.design import CONTROL, TRAINING, TwoByTwo
from server.analysis.methods.result import Interval
from server.analysis.report.column_words import name_outcome
from server.analysis.report.document import Figure
from server.analysis.report.figures.drawing import COLOURS, INK, Drawing, make_scale
from server.analysis.report.number_words import name_interval, write_interval, write_number

_WIDTH, _HEIGHT = 460.0, 330.0
_LEFT, _TOP, _FLOOR = 76.0, 16.0, 286.0
_PLACES = {CONTROL: 150.0, TRAINING: 270.0}
_DIFFERENCE_PX, _REACH_PX = 395.0, 34.0


def draw_changes(
    design: TwoByTwo, unit: str, difference: float, ci: Interval, level: float
) -> Figure:
    """`difference` and its interval are those of the mean changes, training minus control.

    The interval stands on the axis of the changes, counted from the mean change of control.
    """
    pairs = design.select_complete()
    drawing = Drawing(_WIDTH, _HEIGHT)
    of = {CONTROL: pairs.change[~pairs.is_training], TRAINING: pairs.change[pairs.is_training]}
    foot = float(of[CONTROL].mean())
    ends = [foot + one for one in (difference, *ci)]
    scale, ticks = make_scale([*pairs.change.tolist(), *ends, 0.0], _FLOOR, _TOP)
    name = name_outcome(design.outcome)
    measured = f"change of {name}"
    drawing.axis_y(scale, ticks, _LEFT, f"{measured} ({unit})" if unit else measured)
    drawing.line([(_LEFT, scale.place(0.0)), (_WIDTH - 10, scale.place(0.0))], INK, 0.6)
    for arm, x in _PLACES.items():
        shifts = np.linspace(-_REACH_PX, _REACH_PX, len(of[arm])).tolist()
        for value, shift in zip(of[arm].tolist(), shifts, strict=True):
            drawing.mark(x + shift, scale.place(value), arm)
        y = scale.place(float(of[arm].mean()))
        drawing.line([(x - 42, y), (x + 42, y)], COLOURS[arm], 3)
        drawing.text(x, _FLOOR + 20, arm)
    middle, low, high = (scale.place(one) for one in ends)
    drawing.line([(_DIFFERENCE_PX, low), (_DIFFERENCE_PX, high)], INK, 2.4)
    drawing.line([(_DIFFERENCE_PX - 8, middle), (_DIFFERENCE_PX + 8, middle)], INK, 4)
    drawing.text(_DIFFERENCE_PX, _FLOOR + 20, "difference")
    words = (
        f"changes of {name} by arm; the mean changes differ by {write_number(difference)}"
        f"{' ' + unit if unit else ''}, {name_interval(level)} {write_interval(ci)}"
    )
    return Figure(f"{words[0].upper()}{words[1:]}.", drawing.to_svg(words), words)
