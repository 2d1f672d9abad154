"""A picture that grows shape by shape, and comes out as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from server.analysis.report.figures.scale import Scale, find_ticks, write_tick

FONT: Final = "Libertinus Serif, Georgia, serif"
INK: Final = "#1a1a1a"
# Told apart by shape and by lightness too, so that nobody needs to see colours (WCAG 1.4.1).
COLOURS: Final = {"control": "#8a5a00", "training": "#0b4f8a"}
_TICK_PX: Final = 5


@dataclass
class Drawing:
    """`width` and `height` in px. Methods add shapes; later ones lie over earlier ones."""

    width: float
    height: float
    _shapes: list[str] = field(default_factory=list)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float = 1.2) -> None:
        """A stroke from point to point."""
        told = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        self._shapes.append(
            f'<polyline points="{told}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'
        )

    def area(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A filled shape that lets through what lies below."""
        told = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        self._shapes.append(f'<polygon points="{told}" fill="{colour}" fill-opacity="0.15"/>')

    def mark(self, x: float, y: float, arm: str, size: float = 3.2) -> None:
        """A participant: a hollow circle in training, a hollow square in control."""
        colour = COLOURS[arm]
        shape = (
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{size:g}"'
            if arm == "training"
            else f'<rect x="{x - size:.2f}" y="{y - size:.2f}" width="{2 * size:g}"'
            f' height="{2 * size:g}"'
        )
        self._shapes.append(f'{shape} fill="#fff" fill-opacity="0.6" stroke="{colour}"/>')

    def cell(self, x: float, y: float, width: float, height: float, share: float) -> None:
        """A box of a matrix, filled as far as `share` (0 to 1) goes; dark ink stays readable."""
        self._shapes.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:g}" height="{height:g}"'
            f' fill="{COLOURS["training"]}" fill-opacity="{0.65 * share:.2f}" stroke="{INK}"'
            ' stroke-width="0.5"/>'
        )

    def text(self, x: float, y: float, words: str, anchor: str = "middle", size: int = 13) -> None:
        """Words whose middle, start or end stands at a point."""
        self._shapes.append(
            f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}" font-size="{size}"'
            f' font-family="{FONT}" fill="{INK}">{escape(words)}</text>'
        )

    def sideways(self, x: float, y: float, words: str) -> None:
        """Words that read upwards."""
        self._shapes.append(
            f'<text transform="translate({x:.2f} {y:.2f}) rotate(-90)" text-anchor="middle"'
            f' font-size="13" font-family="{FONT}" fill="{INK}">{escape(words)}</text>'
        )

    def axis_y(self, scale: Scale, ticks: Sequence[float], x: float, words: str) -> None:
        """A vertical axis at `x` with its ticks and what it measures."""
        self.line([(x, scale.from_px), (x, scale.until_px)], INK)
        for tick in ticks:
            y = scale.place(tick)
            self.line([(x - _TICK_PX, y), (x, y)], INK)
            self.text(x - _TICK_PX - 3, y + 4, write_tick(tick, ticks), "end", 12)
        self.sideways(15, (scale.from_px + scale.until_px) / 2, words)

    def axis_x(self, scale: Scale, ticks: Sequence[float], y: float, words: str) -> None:
        """A horizontal axis at `y`."""
        self.line([(scale.from_px, y), (scale.until_px, y)], INK)
        for tick in ticks:
            x = scale.place(tick)
            self.line([(x, y), (x, y + _TICK_PX)], INK)
            self.text(x, y + _TICK_PX + 13, write_tick(tick, ticks), "middle", 12)
        self.text((scale.from_px + scale.until_px) / 2, y + 38, words)

    def to_svg(self, words: str) -> str:
        """The whole picture, with words for whoever doesn't see it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}"'
            f' width="{self.width:g}" height="{self.height:g}" role="img">'
            f"<title>{escape(words)}</title>{''.join(self._shapes)}</svg>"
        )


def make_scale(
    values: Sequence[float], from_px: float, until_px: float
) -> tuple[Scale, list[float]]:
    """A scale over all values that ends on ticks, and its ticks."""
    ticks = find_ticks(min(values), max(values))
    return Scale(ticks[0], ticks[-1], from_px, until_px), ticks
