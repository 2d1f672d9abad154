"""`/self-test/`: what a tablet can do at this address, seen from the tablet itself."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Response
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from server.web.catalogue.spoken import current_language
from server.web.contexts import SelfTestPageContext
from server.web.pages import make_page
from server.web.paths import SELF_TEST_NOW, SELF_TEST_PAGE, SELF_TEST_PATH, SELF_TEST_WORKER

WORKER: Final = Path(__file__).parent / "static" / "self_test_worker.js"
NS_A_MS: Final = 1_000_000


def build_self_test_router(wall_ns: Callable[[], int]) -> APIRouter:
    """The page, a worker for its folder alone, and the server's time. About nobody."""
    router = APIRouter(include_in_schema=False)

    @router.get(SELF_TEST_PATH)
    def add_slash() -> RedirectResponse:
        return RedirectResponse(SELF_TEST_PAGE)

    @router.get(SELF_TEST_PAGE)
    def self_test() -> HTMLResponse:
        return make_page(SelfTestPageContext(current_language()))

    @router.get(SELF_TEST_WORKER)
    def worker() -> Response:
        return Response(WORKER.read_text(encoding="utf-8"), media_type="text/javascript")

    @router.get(SELF_TEST_NOW)
    def now() -> JSONResponse:
        told = {"utc_ms": wall_ns() // NS_A_MS}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    return router
