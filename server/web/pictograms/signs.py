"""Seen from above, or not seen at all: soles, a line on the floor, speed, breath."""

from server.web.pictograms.pencil import ARROW, QUIET, curve, line, shape, stroke


def draw_sole(x: float, heel: float) -> str:
    """A shoe's print from above, toes up, 34 long; `heel` is its lowest y."""
    ball = ((-4, -13), (-8, -22), (-8, -34), (0, -34), (8, -34), (8, -22), (4, -13))
    back = ((-4.5, -11), (-6, 0), (0, 0), (6, 0), (4.5, -11))
    parts = [curve([(x + dx, heel + dy) for dx, dy in part]) for part in (ball, back)]
    return shape("z".join(parts), QUIET)


def draw_pad(x: float, top: float, bottom: float) -> str:
    """Foam from above."""
    corners = ((x - 16, top), (x + 16, top), (x + 16, bottom), (x - 16, bottom))
    return stroke(line(corners) + "z", QUIET, 2.5)


def draw_tape(x: float, top: float, bottom: float) -> str:
    """A line on the floor, from above."""
    return stroke(line(((x, top), (x, bottom))), ARROW, 2)


def draw_field(left: float, right: float, top: float, bottom: float) -> str:
    """A floor seen aslant."""
    corners = ((left + 14, top), (right, top), (right - 14, bottom), (left, bottom))
    return stroke(line(corners) + "z", QUIET, 1.6)


def draw_mark(x: float, y: float) -> str:
    """A cross on the floor, seen aslant."""
    one, other = ((x - 6, y - 1.5), (x + 6, y + 3.5)), ((x + 6, y - 1.5), (x - 6, y + 3.5))
    return stroke(line(one) + line(other), QUIET, 2.5)


def draw_speed(x: float, y: float) -> str:
    """Fast: lines behind her back."""
    rows = ((x, x - 11, y), (x - 3, x - 16, y + 8), (x, x - 11, y + 16))
    return stroke("".join(line(((a, row), (b, row))) for a, b, row in rows), ARROW, 3)


def draw_breath(x: float, y: float) -> str:
    """Air that goes out, to the right."""
    upper = ((x, y), (x + 4, y - 4), (x + 8, y + 3), (x + 13, y - 1))
    lower = ((x, y + 6), (x + 4, y + 3), (x + 9, y + 10), (x + 15, y + 6))
    return stroke(curve(upper) + curve(lower), ARROW, 2.5)


def draw_glass(x: float, y: float) -> str:
    """At her lips, which are at x, y; it is nearly empty, so its bottom is up."""
    return shape(line(((x - 2, y + 1), (x + 6, y + 11), (x + 24, y - 1), (x + 17, y - 10))), ARROW)
