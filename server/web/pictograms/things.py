"""What stands beside her, in the units of a figure that is 80 tall: each by its place alone."""

from collections.abc import Callable
from typing import Final

from server.web.pictograms import signs
from server.web.pictograms.pencil import PAPER, QUIET, block, line, shape, stroke
from server.web.pictograms.pose import FLOOR

RAIL: Final = 40.0  # y of a bar: waist high
SEAT: Final = 66.0  # y of a chair's seat
PAD: Final = 7.0  # how high foam is
STEP: Final = 10.0  # how high the low step is


def draw_thing(name: str, *places: float) -> str:
    """Raises ValueError for a thing that nobody has drawn."""
    if name not in THINGS:
        raise ValueError(f"{name!r} is no thing that can stand there: {', '.join(sorted(THINGS))}")
    return THINGS[name](*places)


def _draw_floor(left: float, right: float) -> str:
    return stroke(line(((left, FLOOR + 1), (right, FLOOR + 1))), QUIET, 2)


def _draw_mat(left: float, right: float) -> str:
    return block(left, FLOOR, right - left, 4, QUIET, 2)


def _draw_chair(x: float) -> str:
    """x is where the back stands; the seat is to the right."""
    back = line(((x, SEAT - 27), (x, FLOOR - 1)))
    return stroke(back + line(((x, SEAT), (x + 20, SEAT), (x + 20, FLOOR - 1))), QUIET, 3)


def _draw_bar(x: float, half: float = 8) -> str:
    """A rail on a post."""
    post = line(((x, RAIL), (x, FLOOR - 1))) + line(((x - 6, FLOOR - 1), (x + 6, FLOOR - 1)))
    return stroke(post, QUIET, 2.5) + stroke(line(((x - half, RAIL), (x + half, RAIL))), QUIET, 4.5)


def _draw_hook(x: float) -> str:
    """Where the other end of a band is fixed, low."""
    return block(x - 2, FLOOR - 14, 4, 14, QUIET)


def _draw_wall(x: float) -> str:
    return block(x, 8, 5, FLOOR - 8, QUIET)


def _draw_foam(left: float, right: float) -> str:
    """Thick and soft: with holes."""
    middle, holes = FLOOR - PAD / 2, range(int(left) + 4, int(right) - 2, 7)
    dots = "".join(line(((x, middle), (x + 0.1, middle))) for x in holes)
    return block(left, FLOOR - PAD, right - left, PAD, QUIET, 3) + stroke(dots, PAPER, 2.6)


def _draw_step(left: float, right: float) -> str:
    return block(left, FLOOR - STEP, right - left, STEP, QUIET)


def _draw_cone(x: float, foot: float = FLOOR, size: float = 1) -> str:
    """`foot` is y of its base."""
    wide, narrow, half = 6 * size, 1.6 * size, 3.2 * size
    top, stripe = foot - 17 * size, foot - 8 * size
    sides = ((x - wide, foot), (x - narrow, top), (x + narrow, top), (x + wide, foot))
    base = ((x - 8 * size, foot), (x + 8 * size, foot))
    return (
        shape(line(sides), QUIET)
        + stroke(line(((x - half, stripe), (x + half, stripe))), PAPER, 2.5 * size)
        + stroke(line(base), QUIET, 2.5 * size)
    )


THINGS: Final[dict[str, Callable[..., str]]] = {
    "bar": _draw_bar,
    "chair": _draw_chair,
    "cone": _draw_cone,
    "floor": _draw_floor,
    "foam": _draw_foam,
    "hook": _draw_hook,
    "mat": _draw_mat,
    "step": _draw_step,
    "wall": _draw_wall,
    "breath": signs.draw_breath,
    "field": signs.draw_field,
    "glass": signs.draw_glass,
    "mark": signs.draw_mark,
    "pad": signs.draw_pad,
    "sole": signs.draw_sole,
    "speed": signs.draw_speed,
    "tape": signs.draw_tape,
}
