"""How she stands, sits or lies: which way each limb points, or where it reaches.

Directions are degrees: 0 down, 90 to the right (her front, seen from the side), 180 up, 270 to the
left. x grows to the right and y downwards, as in SVG. A figure is 80 units tall.
"""

from typing import Final

import msgspec

Point = tuple[float, float]

FLOOR: Final = 84.0
LIMB: Final = 6.0  # a limb's thickness: a sole lies half of it below the ankle


class Reach(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A limb by the place of its hand or ankle.

    Attributes:
        to: that place.
        bend: to which side the elbow or knee gives way: 1 or -1; as it does in standing without it.
        foot: which way the foot points.
    """

    to: Point
    bend: int | None = None
    foot: float = 90.0


class Pose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one figure stands, sits or lies.

    Attributes:
        at: x of the hip, where the limbs' directions put a sole on the floor; or the hip's place.
        arms: near and far, seen from the side; right and left on the picture, seen from the front.
            Each is [upper arm, forearm] or where the hand is.
        legs: likewise; each is [thigh, shank, foot] or where the ankle is.
        trunk: from hip to shoulders.
        head: from the shoulders to the head; as the trunk without it.
        lift: how far over the floor the lower sole is, where `at` is x alone.
        arch: how far the back is bent away from the straight line, to the left of hip to shoulders.
        front: seen from the front.
        size: 1 is 80 units tall.
    """

    at: float | Point
    arms: tuple[tuple[float, float] | Reach, ...] = ((4, 8), (-4, 0))
    legs: tuple[tuple[float, float, float] | Reach, ...] = ((0, 0, 90), (0, 0, 90))
    trunk: float = 180.0
    head: float | None = None
    lift: float = 0.0
    arch: float = 0.0
    front: bool = False
    size: float = 1.0
