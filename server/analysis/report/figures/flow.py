"""The flow of participants as a picture: boxes from enrolment to analysis, a column an arm."""

import textwrap
from typing import Final

from server.analysis.report.document import Figure
from server.analysis.report.figures.drawing import INK, Drawing
from server.analysis.reporting.flow import ArmFlow, Box, Flow, tell_flow_words

_WIDTH: Final = 660.0
_COLUMNS: Final = (170.0, 490.0)  # middles of the two columns
_MIDDLE: Final = 330.0
_BOX: Final = 300.0
_LINE: Final = 17.0
_PAD: Final = 9.0
_GAP: Final = 26.0
_LETTERS: Final = 40  # of 13 px that fit in a box
_MOST_LINES: Final = 6  # of one entry; the table has the whole


def draw_flow(flow: Flow) -> Figure | None:
    """None where arms are left out: a picture without them would say nothing."""
    if not flow.arms:
        return None
    words = tell_flow_words(flow)
    drawing = Drawing(_WIDTH, _draw(Drawing(_WIDTH, 0.0), flow))
    _draw(drawing, flow)
    return Figure("Participant flow.", drawing.to_svg(words), words)


def _draw(drawing: Drawing, flow: Flow) -> float:
    """All boxes from the top down; returns where they end."""
    top = 8.0
    first = _draw_box(drawing, flow.screened, _COLUMNS[0], top)
    beside = _draw_box(drawing, flow.excluded, _COLUMNS[1], top)
    drawing.line([(_COLUMNS[0] + _BOX / 2, top + 20), (_COLUMNS[1] - _BOX / 2, top + 20)], INK)
    low = max(first, beside)
    entered = low + _GAP
    _draw_arrow(
        drawing, [(_COLUMNS[0], first), (_COLUMNS[0], low + 8), (_MIDDLE, low + 8)], entered
    )
    until = _draw_box(drawing, flow.entered, _MIDDLE, entered)
    columns = list(zip(_place(len(flow.arms or ())), flow.arms or (), strict=True))
    ends = [(x, until) for x, _ in columns]
    for name in ("allocated", "followed", "analysed"):
        ends = _draw_row(drawing, name, columns, ends, from_middle=name == "allocated")
    return max(y for _, y in ends) + 8


def _place(n: int) -> tuple[float, ...]:
    return _COLUMNS if n > 1 else (_MIDDLE,)


def _draw_row(
    drawing: Drawing,
    name: str,
    columns: list[tuple[float, ArmFlow]],
    ends: list[tuple[float, float]],
    *,
    from_middle: bool,
) -> list[tuple[float, float]]:
    top = max(y for _, y in ends) + _GAP
    told = []
    for (x, arm), (_, above) in zip(columns, ends, strict=True):
        start = [(_MIDDLE, above), (_MIDDLE, above + 10)] if from_middle else [(x, above)]
        _draw_arrow(drawing, [*start, (x, above + 10)] if from_middle else start, top)
        told.append((x, _draw_box(drawing, getattr(arm, name), x, top)))
    return told


def _draw_arrow(drawing: Drawing, points: list[tuple[float, float]], top: float) -> None:
    x = points[-1][0]
    drawing.line([*points, (x, top)], INK)
    drawing.line([(x - 4, top - 6), (x, top), (x + 4, top - 6)], INK)


def _draw_box(drawing: Drawing, box: Box, x: float, top: float) -> float:
    """A frame around its words, `x` in the middle; returns its lower edge."""
    lines = [part for line in box.lines for part in _wrap(line)]
    until = top + 2 * _PAD + _LINE * (1 + len(lines))
    left, right = x - _BOX / 2, x + _BOX / 2
    drawing.line([(left, top), (right, top), (right, until), (left, until), (left, top)], INK)
    drawing.text(x, top + _PAD + 12, box.title, size=14)
    for number, line in enumerate(lines, start=1):
        drawing.text(x, top + _PAD + 12 + _LINE * number, line)
    return until


def _wrap(words: str) -> list[str]:
    return textwrap.wrap(
        words, _LETTERS, max_lines=_MOST_LINES, placeholder=" \N{HORIZONTAL ELLIPSIS}"
    )
