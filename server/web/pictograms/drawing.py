"""A movement's picture: what stands there, where she began (thin), where she is, where it goes."""

from collections.abc import Mapping
from typing import Final

import msgspec

from server.web.pictograms.figure import HEAD, Body, compute_body
from server.web.pictograms.pencil import (
    ARROW,
    BAND,
    INK,
    PAPER,
    QUIET,
    arrow_head,
    curve,
    disc,
    line,
    number,
    ring,
    shape,
    shorten,
    stroke,
    turn,
)
from server.web.pictograms.pose import LIMB, Point, Pose
from server.web.pictograms.things import draw_thing

WIDTH: Final = 120
BOTTOM: Final = 90
TRUNK_WIDE: Final = 8.5
HALO: Final = 1.7  # white around what is nearer, so that crossing limbs stay apart
BEGAN: Final = 2.6


class Movement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One picture, 120 wide, with the floor at 84 and its lower edge at 90.

    Attributes:
        top: y of its upper edge; whoever lies needs less, and is drawn the larger for it.
        figures: in solid lines, where she is.
        began: drawn thin: where the movement begins.
        things: what stands behind her; each a name and places, as `things.py` draws them.
        before: what stands before her and before the arrows.
        band: from joint to joint of the last figure ("near hand", "far foot") or to a place.
        arrows: points of each; those in the middle draw the line towards them.
        swings: as arrows, there and back.
        turns: arrows round a middle: x, y, half width, half height, direction from and to.
    """

    figures: tuple[Pose, ...]
    began: tuple[Pose, ...] = ()
    things: tuple[tuple[str | float, ...], ...] = ()
    before: tuple[tuple[str | float, ...], ...] = ()
    band: tuple[str | Point, ...] = ()
    arrows: tuple[tuple[Point, ...], ...] = ()
    swings: tuple[tuple[Point, ...], ...] = ()
    turns: tuple[tuple[float, float, float, float, float, float], ...] = ()
    top: float = -6.0


def parse_movements(tables: Mapping[str, object]) -> dict[str, Movement]:
    """By name. Raises msgspec.ValidationError that says where."""
    return msgspec.convert(tables, dict[str, Movement])


def draw_movement(movement: Movement) -> str:
    """An SVG file. Raises ValueError for a pose that nobody can take and for an unknown thing."""
    bodies = [compute_body(pose) for pose in movement.figures]
    parts = [_draw_things(movement.things)]
    parts += [_draw_thin(compute_body(pose)) for pose in movement.began]
    parts += [_draw_body(body) for body in bodies]
    if movement.band:
        ends = [_find(end, bodies[-1]) if isinstance(end, str) else end for end in movement.band]
        parts.append(stroke(line(ends), BAND, 2.6))
    parts += [_draw_arrow(points) for points in movement.arrows]
    parts += [_draw_arrow(points, both=True) for points in movement.swings]
    parts += [_draw_arrow(turn((x, y), (rx, ry), a, b)) for x, y, rx, ry, a, b in movement.turns]
    parts.append(_draw_things(movement.before))
    box = f"0 {number(movement.top)} {WIDTH} {number(BOTTOM - movement.top)}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" fill="none"'
    return f'{head} stroke-linecap="round" stroke-linejoin="round">{"".join(parts)}</svg>\n'


def _draw_things(things: tuple[tuple[str | float, ...], ...]) -> str:
    return "".join(
        draw_thing(str(name), *(float(place) for place in places)) for name, *places in things
    )


def _draw_thin(body: Body) -> str:
    """A contour: where she comes from."""
    paths = curve((body.hip, body.middle, body.shoulders)) + "".join(
        line(limb) for limb in (*body.arms, *body.legs)
    )
    return stroke(paths, QUIET, BEGAN) + ring(body.head, HEAD * body.pose.size - 1, QUIET, BEGAN)


def _draw_body(body: Body) -> str:
    """Far limbs first, in the quieter ink; what is nearer has white around it."""
    width = LIMB * body.pose.size
    far, near = (body.arms[1], body.legs[1]), (body.legs[0], body.arms[0])
    behind = "".join(line(limb) for limb in far)
    front = "".join(line(limb) for limb in near)
    trunk = _draw_trunk(body)
    head = disc(body.head, HEAD * body.pose.size, INK)
    if body.pose.front:
        legs, arms = ("".join(line(limb) for limb in limbs) for limbs in (body.legs, body.arms))
        return stroke(legs, INK, width) + trunk + head + _draw_with_halo(arms, width)
    return stroke(behind, QUIET, width) + trunk + head + _draw_with_halo(front, width)


def _draw_with_halo(paths: str, width: float) -> str:
    return stroke(paths, PAPER, width + 2 * HALO) + stroke(paths, INK, width)


def _draw_trunk(body: Body) -> str:
    wide = TRUNK_WIDE * body.pose.size
    if body.pose.front:
        corners = line((body.arms[0][0], body.legs[0][0], body.legs[1][0], body.arms[1][0]))
        return shape(corners, INK) + stroke(corners + "z", INK, LIMB * body.pose.size)
    return stroke(curve((body.hip, body.middle, body.shoulders)), INK, wide)


def _draw_arrow(points: tuple[Point, ...] | list[Point], *, both: bool = False) -> str:
    begin, end = points[0], points[-1]
    heads = arrow_head(end, points[-2]) + "z" + (arrow_head(begin, points[1]) if both else "")
    start = shorten(begin, points[1]) if both else begin
    shaft = curve((start, *points[1:-1], shorten(end, points[-2])))
    return stroke(shaft, ARROW, 3) + shape(heads, ARROW)


def _find(joint: str, body: Body) -> Point:
    """A joint by its name: "near hand", "far foot" (the ankle), "near knee", …"""
    side, part = joint.split(" ")
    limbs, place = {"hand": (body.arms, 2), "elbow": (body.arms, 1),
                    "foot": (body.legs, 2), "knee": (body.legs, 1)}[part]  # fmt: skip
    return limbs[{"near": 0, "far": 1}[side]][place]
