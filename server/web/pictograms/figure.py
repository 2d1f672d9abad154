"""Where a stick figure's joints are, by its pose. Pure geometry."""

from dataclasses import dataclass
from math import acos, atan2, cos, degrees, hypot, radians, sin
from typing import Final

from server.web.pictograms.pose import FLOOR, LIMB, Point, Pose, Reach

# Shares of a body's height as in Drillis & Contini 1966 (in Winter, Biomechanics and Motor Control
# of Human Movement, table 4.1): thigh 0.245, shank 0.246, trunk 0.288, upper arm 0.186, forearm
# 0.146. The forearm has half a hand, and the head is a little large, so that it is seen from afar.
THIGH: Final = 19.6
SHANK: Final = 19.6
TRUNK: Final = 23.0
UPPER_ARM: Final = 14.5
FOREARM: Final = 14.0
FOOT: Final = 8.5
HEAD: Final = 6.5  # radius
HEAD_AWAY: Final = 12.0  # from the shoulders to the head's middle
SHOULDER_HALF: Final = 7.5  # seen from the front
HIP_HALF: Final = 3.8


@dataclass(frozen=True, slots=True)
class Body:
    """Where everything is.

    Attributes:
        arms, legs: near first; each from shoulder or hip to hand or toes.
        middle: of the back's curve.
    """

    hip: Point
    shoulders: Point
    middle: Point
    head: Point
    arms: tuple[tuple[Point, ...], ...]
    legs: tuple[tuple[Point, ...], ...]
    pose: Pose


def compute_body(pose: Pose) -> Body:
    """Raises ValueError where a hand or ankle is out of reach."""
    if isinstance(pose.at, tuple):
        return _build(pose, pose.at)
    legs = _stand_on((pose.at, 0.0), pose)
    lowest = max(y for leg in legs for _, y in leg[-2:])
    return _build(pose, (pose.at, FLOOR - pose.size * LIMB / 2 - pose.lift - lowest))


def compute_bounds(body: Body) -> tuple[float, float, float, float]:
    """Least x, least y, greatest x, greatest y of what is drawn."""
    around = LIMB / 2 * body.pose.size
    points = [point for limb in (*body.arms, *body.legs) for point in limb]
    reach = [(x, y, around) for x, y in points]
    reach.append((*body.head, HEAD * body.pose.size))
    return (
        min(x - r for x, _, r in reach),
        min(y - r for _, y, r in reach),
        max(x + r for x, _, r in reach),
        max(y + r for _, y, r in reach),
    )


def _build(pose: Pose, hip: Point) -> Body:
    size, shoulders = pose.size, _go(hip, pose.trunk, TRUNK * pose.size)
    arms = zip(pose.arms, _put_apart(shoulders, pose, SHOULDER_HALF), strict=True)
    return Body(
        hip=hip,
        shoulders=shoulders,
        middle=_go(_between(hip, shoulders), pose.trunk + 90, 2 * pose.arch),
        head=_go(shoulders, pose.trunk if pose.head is None else pose.head, HEAD_AWAY * size),
        arms=tuple(_bend(root, arm, (UPPER_ARM, FOREARM), size, -1) for arm, root in arms),
        legs=_stand_on(hip, pose),
        pose=pose,
    )


def _put_apart(middle: Point, pose: Pose, half: float) -> tuple[Point, Point]:
    """Shoulders or hips: from the side they are one behind the other."""
    away = half * pose.size if pose.front else 0.0
    return _go(middle, pose.trunk - 90, away), _go(middle, pose.trunk - 90, -away)


def _stand_on(hip: Point, pose: Pose) -> tuple[tuple[Point, ...], ...]:
    roots = _put_apart(hip, pose, HIP_HALF)
    return tuple(_stand(root, leg, pose) for root, leg in zip(roots, pose.legs, strict=True))


def _stand(hip: Point, leg: tuple[float, float, float] | Reach, pose: Pose) -> tuple[Point, ...]:
    bent = leg if isinstance(leg, Reach) else leg[:2]
    toes = leg.foot if isinstance(leg, Reach) else leg[2]
    hip, knee, ankle = _bend(hip, bent, (THIGH, SHANK), pose.size, 1)
    foot = FOOT * pose.size * (0.6 if pose.front else 1)  # it points at us
    return hip, knee, ankle, _go(ankle, toes, foot)


def _bend(
    root: Point,
    limb: tuple[float, float] | Reach,
    lengths: tuple[float, float],
    size: float,
    natural: int,
) -> tuple[Point, Point, Point]:
    upper, lower = (length * size for length in lengths)
    if isinstance(limb, Reach):
        limb = _find_directions(root, limb, upper, lower, natural)
    joint = _go(root, limb[0], upper)
    return root, joint, _go(joint, limb[1], lower)


def _find_directions(
    root: Point, reach: Reach, upper: float, lower: float, natural: int
) -> tuple[float, float]:
    """Both parts' directions by the law of cosines."""
    dx, dy = reach.to[0] - root[0], reach.to[1] - root[1]
    far = hypot(dx, dy)
    if not abs(upper - lower) < far <= upper + lower:
        raise ValueError(f"{reach.to} is {far:.1f} away, and the limb is {upper + lower:.1f} long")
    straight = degrees(atan2(dx, dy))
    bend = natural if reach.bend is None else reach.bend
    first = degrees(acos((upper**2 + far**2 - lower**2) / (2 * upper * far)))
    inner = degrees(acos((upper**2 + lower**2 - far**2) / (2 * upper * lower)))
    upper_direction = straight + bend * first
    return upper_direction, upper_direction - bend * (180 - inner)


def _go(start: Point, direction: float, length: float) -> Point:
    angle = radians(direction)
    return start[0] + length * sin(angle), start[1] + length * cos(angle)


def _between(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
