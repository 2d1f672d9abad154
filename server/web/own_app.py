"""`/me/`: a participant's own view as a page, a manifest, a service worker and its files.

Nothing here is about anybody: the page opens without a network, and asks the API for what is hers.
"""

from functools import cache
from typing import Final

import msgspec
from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from server.errors import NotFoundError
from server.web.catalogue.catalogue import SOURCE_LANGUAGE, load_catalogue
from server.web.catalogue_file import list_catalogues
from server.web.contexts import AppPageContext
from server.web.own_files import (
    OWN_APP_PATH,
    list_kept,
    list_own_files,
    list_own_modules,
    list_own_styles,
    read_own_served,
)
from server.web.packed_file import PackedFile, answer_file, pack_file
from server.web.pages import render
from server.web.tablet_files import APP_PATH, KEPT, compute_integrity, render_worker
from server.web.vendored import load_import_map

OWN_PAGE_PATH: Final = "/me/"
OWN_MANIFEST_PATH: Final = "/me/manifest.webmanifest"
OWN_WORKER_PATH: Final = "/me/service-worker.js"


def build_own_app_router() -> APIRouter:
    """The page and what a browser needs to keep it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/me")
    def add_slash() -> RedirectResponse:
        return RedirectResponse(OWN_PAGE_PATH)

    @router.get(OWN_PAGE_PATH)
    def own() -> HTMLResponse:
        return HTMLResponse(render_own_page())

    @router.get(OWN_MANIFEST_PATH)
    def manifest() -> Response:
        return Response(render_own_manifest(), media_type="application/manifest+json")

    @router.get(OWN_WORKER_PATH)
    def service_worker() -> Response:
        return Response(render_own_worker(), media_type="text/javascript")

    @router.get(OWN_APP_PATH + "/{path:path}")
    async def app_file(path: str, request: Request) -> Response:
        browser_path = f"{OWN_APP_PATH}/{path}"
        if browser_path not in list_own_files():
            raise NotFoundError(f"there is no file {path!r}")
        return answer_file(await run_in_threadpool(_load, browser_path), request)

    return router


@cache
def _load(browser_path: str) -> PackedFile:
    content = read_own_served(browser_path)
    media_type = KEPT[list_own_files()[browser_path].suffix]
    return pack_file(media_type, compute_integrity(content), content)


@cache
def render_own_page() -> str:
    """The same for everybody, so that a service worker may keep it; main.js brings her language."""
    t = load_catalogue(SOURCE_LANGUAGE).t
    return render(
        AppPageContext(
            language=SOURCE_LANGUAGE,
            title=t("My training"),
            manifest=OWN_MANIFEST_PATH,
            script=f"{OWN_APP_PATH}/main.js",
            without_scripts=t(
                "Your page needs JavaScript, and JavaScript is off. "
                "Turn it on for this address, or ask your trainer."
            ),
            import_map=Markup(load_import_map()),  # noqa: S704 - generated, no one's input
            modules=list(list_own_modules()),
            styles=list(list_own_styles()),
        )
    )


@cache
def render_own_manifest() -> bytes:
    """What a browser needs to put the view on a home screen."""
    return msgspec.json.encode(
        {
            "name": "My training",
            "short_name": "My training",
            "id": OWN_PAGE_PATH,
            "start_url": OWN_PAGE_PATH,
            "scope": OWN_PAGE_PATH,
            "display": "standalone",
            "background_color": "#f4f4f1",
            "theme_color": "#103a52",
            "icons": [
                {"src": f"{APP_PATH}/icons/icon.svg", "sizes": "any", "type": "image/svg+xml"}
            ],
        }
    )


@cache
def render_own_worker() -> str:
    """The tablet's worker under another name, with another list."""
    kept = {path: compute_integrity(read_own_served(path)) for path in list_kept()}
    pages = {OWN_PAGE_PATH: render_own_page().encode(), OWN_MANIFEST_PATH: render_own_manifest()}
    return render_worker("own", pages | list_catalogues(), kept)
