"""Each participant's own line from before to after, by arm."""

from server.analysis.methods.design import CONTROL, TRAINING, TwoByTwo
from server.analysis.report.column_words import name_outcome
from server.analysis.report.document import Figure
from server.analysis.report.figures.drawing import COLOURS, Drawing, make_scale

_WIDTH, _HEIGHT = 460.0, 330.0
_LEFT, _TOP, _FLOOR = 76.0, 16.0, 276.0
_PANELS = {CONTROL: (120.0, 230.0), TRAINING: (310.0, 420.0)}


def draw_paired(design: TwoByTwo, unit: str) -> Figure:
    """Of complete pairs."""
    pairs = design.select_complete()
    drawing = Drawing(_WIDTH, _HEIGHT)
    scale, ticks = make_scale([*pairs.pre.tolist(), *pairs.post.tolist()], _FLOOR, _TOP)
    name = name_outcome(design.outcome)
    drawing.axis_y(scale, ticks, _LEFT, f"{name} ({unit})" if unit else name)
    n_up = dict.fromkeys(_PANELS, 0)
    for is_training, pre, post in zip(
        pairs.is_training.tolist(), pairs.pre.tolist(), pairs.post.tolist(), strict=True
    ):
        arm = TRAINING if is_training else CONTROL
        before, after = _PANELS[arm]
        ends = [(before, scale.place(pre)), (after, scale.place(post))]
        drawing.line(ends, COLOURS[arm])
        for x, y in ends:
            drawing.mark(x, y, arm)
        n_up[arm] += post > pre
    for arm, (before, after) in _PANELS.items():
        drawing.text(before, _FLOOR + 20, "pre")
        drawing.text(after, _FLOOR + 20, "post")
        drawing.text((before + after) / 2, _FLOOR + 42, arm)
    words = (
        f"{name} of each participant from before to after: it rises in {n_up[TRAINING]} of"
        f" {pairs.n_training} in training and in {n_up[CONTROL]} of {pairs.n_control} in control"
    )
    return Figure(f"{name}: every participant's own change.", drawing.to_svg(words), words)
