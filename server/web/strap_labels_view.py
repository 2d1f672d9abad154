"""A sheet of stickers for straps, with the code that a tablet's camera reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import segno
from markupsafe import Markup

from protocol.messages.roster import RosterStrap
from server.web.catalogue.spoken import current_language


@dataclass(frozen=True, slots=True)
class StrapLabel:
    """A sticker: what the code holds, large digits for people, and the code as SVG."""

    serial: str
    number: str
    code: Markup


@dataclass(frozen=True, slots=True)
class StrapLabelsPageContext:
    """The sheet of stickers."""

    template: ClassVar[str] = "strap_labels.html"

    language: str
    labels: list[StrapLabel]


def view_sheet(straps: Sequence[RosterStrap]) -> StrapLabelsPageContext:
    """The whole sheet."""
    return StrapLabelsPageContext(current_language(), view_labels(straps))


def view_labels(straps: Sequence[RosterStrap]) -> list[StrapLabel]:
    """One sticker a strap, in the order of their numbers; those without one come last."""
    ordered = sorted(straps, key=lambda one: (one.label is None, one.label or "", one.serial))
    return [StrapLabel(one.serial, one.label or "", draw_code(one.serial)) for one in ordered]


def draw_code(serial: str) -> Markup:
    """The QR code of a serial as SVG: nothing but the serial, which is no secret.

    Level H: sweat and scratches may take up to 30 % of it (ISO/IEC 18004, 7.5.1).
    """
    code = segno.make_qr(serial, error="h")
    svg = code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704 - segno's own numbers, no one's input
