"""Strokes and shapes in SVG, as short as they can be written."""

from collections.abc import Sequence
from math import atan2, cos, hypot, radians, sin
from typing import Final

from server.web.pictograms.pose import Point

# On white each is at least 7:1: her body, what stands beside her, where it goes, a band.
INK: Final = "#111"
QUIET: Final = "#575757"
ARROW: Final = "#0050b3"
BAND: Final = "#8a1c6b"
PAPER: Final = "#fff"
_HEAD_LONG: Final = 7.0
_HEAD_HALF: Final = 4.2


def number(value: float) -> str:
    """One decimal is a tenth of a unit: less than a tenth of a pixel."""
    return f"{round(value, 1):g}"


def place(point: Point) -> str:
    """ "12.5 40"."""
    return f"{number(point[0])} {number(point[1])}"


def line(points: Sequence[Point]) -> str:
    """A path through corners."""
    return "M" + "L".join(place(point) for point in points)


def curve(points: Sequence[Point]) -> str:
    """A smooth path that begins at the first point, ends at the last and leans to the others."""
    if len(points) == 2:
        return line(points)
    path = f"M{place(points[0])}"
    for here, ahead in zip(points[1:-2], points[2:-1], strict=True):
        path += f"Q{place(here)} {place(((here[0] + ahead[0]) / 2, (here[1] + ahead[1]) / 2))}"
    return path + f"Q{place(points[-2])} {place(points[-1])}"


def stroke(paths: str, colour: str, width: float) -> str:
    """One path, or several in a row."""
    return f'<path d="{paths}" stroke="{colour}" stroke-width="{number(width)}"/>'


def shape(paths: str, colour: str) -> str:
    """A filled path, closed."""
    return f'<path d="{paths}z" fill="{colour}"/>'


def disc(middle: Point, radius: float, colour: str) -> str:
    """A filled circle."""
    return f'<circle {_about(middle, radius)} fill="{colour}"/>'


def ring(middle: Point, radius: float, colour: str, width: float) -> str:
    """A circle's line."""
    return f'<circle {_about(middle, radius)} stroke="{colour}" stroke-width="{number(width)}"/>'


def block(
    left: float, top: float, width: float, height: float, colour: str, round_by: float = 1
) -> str:
    """A filled rectangle."""
    at = f'x="{number(left)}" y="{number(top)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect {at} rx="{number(round_by)}" fill="{colour}"/>'


def turn(middle: Point, radii: Point, start: float, end: float) -> list[Point]:
    """Points of an ellipse from one direction to another: 0 down, 90 right, 180 up."""
    steps = max(4, round(abs(end - start) / 30))
    angles = [radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(middle[0] + radii[0] * sin(a), middle[1] + radii[1] * cos(a)) for a in angles]


def arrow_head(end: Point, before: Point) -> str:
    """A triangle whose tip is `end`, pointing away from `before`."""
    away = hypot(end[0] - before[0], end[1] - before[1])
    dx, dy = (end[0] - before[0]) / away, (end[1] - before[1]) / away
    back = end[0] - dx * _HEAD_LONG, end[1] - dy * _HEAD_LONG
    return line(
        (end, (back[0] - dy * _HEAD_HALF, back[1] + dx * _HEAD_HALF),
         (back[0] + dy * _HEAD_HALF, back[1] - dx * _HEAD_HALF))
    )  # fmt: skip


def shorten(end: Point, before: Point) -> Point:
    """Where the line stops, so that its round end doesn't blunt the tip."""
    angle = atan2(end[1] - before[1], end[0] - before[0])
    return end[0] - _HEAD_LONG * 0.7 * cos(angle), end[1] - _HEAD_LONG * 0.7 * sin(angle)


def _about(middle: Point, radius: float) -> str:
    return f'cx="{number(middle[0])}" cy="{number(middle[1])}" r="{number(radius)}"'
