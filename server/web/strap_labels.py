"""`/straps/labels`: stickers for straps, as the browser prints them."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from server.db.database import Database
from server.gateways.roster import read_straps
from server.web.pages import make_page
from server.web.paths import LABELS_PATH


def build_labels_router(database: Database) -> APIRouter:
    """The sheet. What draws codes is loaded with the first one."""
    router = APIRouter(include_in_schema=False)

    @router.get(LABELS_PATH)
    def labels() -> HTMLResponse:
        from server.web.strap_labels_view import view_sheet

        return make_page(view_sheet(read_straps(database)))

    return router
