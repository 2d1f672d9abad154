"""`/straps/labels`: stickers for straps, with the code that a tablet's camera reads."""

from collections.abc import Sequence

from fastapi import APIRouter
from markupsafe import Markup
from starlette.responses import HTMLResponse

from protocol.messages.roster import RosterStrap
from server.db.database import Database
from server.gateways.roster import read_straps
from server.web.contexts import StrapLabel, StrapLabelsPageContext
from server.web.pages import LANGUAGE, make_page
from server.web.policy import LABELS_PATH


def build_labels_router(database: Database) -> APIRouter:
    """The sheet, to be printed by the browser."""
    router = APIRouter(include_in_schema=False)

    @router.get(LABELS_PATH)
    def labels() -> HTMLResponse:
        return make_page(StrapLabelsPageContext(LANGUAGE, view_labels(read_straps(database))))

    return router


def view_labels(straps: Sequence[RosterStrap]) -> list[StrapLabel]:
    """One sticker a strap, in the order of their numbers; those without one come last."""
    ordered = sorted(straps, key=lambda one: (one.label is None, one.label or "", one.serial))
    return [StrapLabel(one.serial, one.label or "", draw_code(one.serial)) for one in ordered]


def draw_code(serial: str) -> Markup:
    """The QR code of a serial as SVG: nothing but the serial, which is no secret.

    Level H: sweat and scratches may take up to 30 % of it (ISO/IEC 18004, 7.5.1).
    """
    import segno  # only who prints needs it

    code = segno.make_qr(serial, error="h")
    svg = code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704 - segno's own numbers, no one's input
