"""`/tablet/`: the trainer's app as a page, a manifest, a service worker and its files.

Nothing here is about anybody: the page opens without a network and without a sign-in, and asks the
API for everything that people entered.
"""

from functools import cache
from typing import Final

import msgspec
from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from server.errors import NotFoundError
from server.web.catalogue.catalogue import SOURCE_LANGUAGE
from server.web.catalogue.spoken import current_language
from server.web.catalogue_file import list_catalogues
from server.web.contexts import AppPageContext
from server.web.language import read_choice, set_choice_header
from server.web.packed_file import PackedFile, answer_file, pack_file
from server.web.pages import render
from server.web.tablet_files import (
    APP_PATH,
    KEPT,
    MANIFEST_PATH,
    compute_integrity,
    list_app_files,
    list_start_modules,
    read_served,
    render_service_worker,
)
from server.web.tablet_practice import PRACTICE_PATH, render_practice_page, say_without_scripts
from server.web.vendored import load_import_map

TABLET_PATH: Final = "/tablet/"
WORKER_PATH: Final = "/tablet/service-worker.js"


def build_tablet_router() -> APIRouter:
    """The page and what a browser needs to install it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/tablet")
    def add_slash() -> RedirectResponse:
        return RedirectResponse(TABLET_PATH)

    @router.get(TABLET_PATH)
    def tablet(request: Request) -> HTMLResponse:
        answer = HTMLResponse(render_page())
        if read_choice(request.headers.getlist("cookie")) is None:
            answer.headers.append("Set-Cookie", set_choice_header(current_language()))
        return answer

    @router.get(PRACTICE_PATH)
    def practice() -> HTMLResponse:
        return HTMLResponse(render_practice_page())

    @router.get(MANIFEST_PATH)
    def manifest() -> Response:
        return Response(render_manifest(), media_type="application/manifest+json")

    @router.get(WORKER_PATH)
    def service_worker() -> Response:
        return Response(_render_worker(), media_type="text/javascript")

    @router.get(APP_PATH + "/{path:path}")
    async def app_file(path: str, request: Request) -> Response:
        browser_path = f"{APP_PATH}/{path}"
        if browser_path not in list_app_files():
            raise NotFoundError(f"the tablet app has no file {path!r}")
        # An opening app asks for two hundred: only what isn't packed yet is worth a thread.
        file = _packed.get(browser_path)
        if file is None:
            file = await run_in_threadpool(_load_file, browser_path)
        return answer_file(file, request)

    return router


_packed: dict[str, PackedFile] = {}


def _load_file(browser_path: str) -> PackedFile:
    content = read_served(browser_path)
    media_type = KEPT[list_app_files()[browser_path].suffix]
    file = pack_file(media_type, compute_integrity(content), content)
    return _packed.setdefault(browser_path, file)


@cache
def render_page() -> str:
    """The same for everybody, so that a service worker may keep it; main.js brings her language."""
    own = f"{APP_PATH}/styles/"  # a chart's come with the chart
    styles = [path for path in list_app_files() if path.startswith(own)]
    return render(
        AppPageContext(
            language=SOURCE_LANGUAGE,
            title="doseline",
            manifest=MANIFEST_PATH,
            script=f"{APP_PATH}/main.js",
            without_scripts=say_without_scripts(),
            import_map=Markup(load_import_map()),  # noqa: S704 - generated, no one's input
            modules=list(list_start_modules()),
            styles=styles,
        )
    )


@cache
def render_manifest() -> bytes:
    """What a browser needs to put the app on a home screen."""
    icons = [("icon.svg", "any", "image/svg+xml"), ("icon-192.png", "192x192", "image/png"),
             ("icon-512.png", "512x512", "image/png")]  # fmt: skip
    return msgspec.json.encode(
        {
            "name": "doseline",
            "short_name": "doseline",
            "id": TABLET_PATH,
            "start_url": TABLET_PATH,
            "scope": TABLET_PATH,
            "display": "standalone",
            "orientation": "any",
            "background_color": "#f4f4f1",
            "theme_color": "#103a52",
            "icons": [
                {"src": f"{APP_PATH}/icons/{name}", "sizes": sizes, "type": kind}
                for name, sizes, kind in icons
            ],
        }
    )


@cache
def _render_worker() -> str:
    return render_service_worker(
        {
            TABLET_PATH: render_page().encode(),
            PRACTICE_PATH: render_practice_page().encode(),
            MANIFEST_PATH: render_manifest(),
            **list_catalogues(),
        }
    )
