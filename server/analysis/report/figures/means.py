"""Means and SD before and after by arm, with every participant (the study's Figures 1 and 2)."""

from typing import Final

import numpy as np

from server.analysis.methods.design import CONTROL, TRAINING, Floats, TwoByTwo
from server.analysis.report.column_words import name_outcome
from server.analysis.report.document import Figure
from server.analysis.report.figures.drawing import COLOURS, INK, Drawing, make_scale
from server.analysis.report.number_words import write_mean_sd

_WIDTH, _HEIGHT = 460.0, 330.0
_LEFT, _TOP, _FLOOR = 76.0, 16.0, 276.0
_PLACES: Final = {  # of a column's middle, px
    (CONTROL, "pre"): 135.0,
    (CONTROL, "post"): 225.0,
    (TRAINING, "pre"): 320.0,
    (TRAINING, "post"): 410.0,
}
_REACH_PX: Final = 22.0  # marks stand so far to either side of their column's middle


def draw_means(design: TwoByTwo, unit: str) -> Figure:
    """Of complete pairs. `unit` is the outcome's."""
    pairs = design.select_complete()
    drawing = Drawing(_WIDTH, _HEIGHT)
    scale, ticks = make_scale([*pairs.pre.tolist(), *pairs.post.tolist(), 0.0], _FLOOR, _TOP)
    name = name_outcome(design.outcome)
    drawing.axis_y(scale, ticks, _LEFT, f"{name} ({unit})" if unit else name)
    drawing.line([(_LEFT, _FLOOR), (_WIDTH - 10, _FLOOR)], INK)
    told = []
    for (arm, when), x in _PLACES.items():
        values = _select(pairs, arm, when)
        mean, sd = float(values.mean()), float(values.std(ddof=1))
        for value, shift in zip(values.tolist(), _spread(len(values)), strict=True):
            drawing.mark(x + shift, scale.place(value), arm)
        _draw_mean(drawing, x, [scale.place(one) for one in (mean, mean - sd, mean + sd)], arm)
        drawing.text(x, _FLOOR + 17, when)
        told.append(f"{arm} {when} {write_mean_sd(mean, sd)}")
    for arm, x in ((CONTROL, 180.0), (TRAINING, 365.0)):
        drawing.text(x, _FLOOR + 38, f"{arm} (n = {len(_select(pairs, arm, 'pre'))})")
    words = f"{name} by arm and time, mean and SD with every participant: {'; '.join(told)}"
    caption = f"{name}: mean \u00b1 SD and every participant, before and after, by arm."
    return Figure(caption, drawing.to_svg(words), words)


def _select(pairs: TwoByTwo, arm: str, when: str) -> Floats:
    rows = pairs.is_training if arm == TRAINING else ~pairs.is_training
    return (pairs.pre if when == "pre" else pairs.post)[rows]


def _spread(n: int) -> list[float]:
    """Side by side in the order of rows: no chance in a picture."""
    return np.linspace(-_REACH_PX, _REACH_PX, n).tolist() if n > 1 else [0.0]


def _draw_mean(drawing: Drawing, x: float, places: list[float], arm: str) -> None:
    mean, low, high = places
    drawing.line([(x, low), (x, high)], COLOURS[arm], 2.4)
    for y in (low, high):
        drawing.line([(x - 7, y), (x + 7, y)], COLOURS[arm], 2.4)
    drawing.line([(x - 15, mean), (x + 15, mean)], COLOURS[arm], 3.6)
