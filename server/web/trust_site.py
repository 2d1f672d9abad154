"""The plain listener's whole site: the page about trust, its pictures, three files.

It carries no cookie, asks no database and knows nobody; whatever else is asked for isn't there.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from server.certificates.addresses import TRUST_PATH
from server.certificates.served import SecureAddress
from server.web.paths import TRUST_DER_PATH, TRUST_PEM_PATH, TRUST_PROFILE_PATH
from server.web.security_headers import SecurityHeaders
from server.web.speaking import SpeaksTheirLanguage
from server.web.tablet_files import APP_PATH, list_app_files
from server.web.trust_page import answer_file, answer_page

STATIC: Final = Path(__file__).parent / "static"
SHOWN: Final = (
    "icon.svg",
    "sign_in.css",
    "trust.css",
    "trust/android.svg",
    "trust/ipados.svg",
    "trust/macos.svg",
    "trust/windows.svg",
)
# The letters of both languages lie with the tablet's app.
FONTS: Final = (
    "styles/fonts.css",
    "vendor/atkinson-next-latin.woff2",
    "vendor/vazirmatn-arabic.woff2",
)


def build_trust_site(address: SecureAddress) -> Starlette:
    """An application of its own, which shares nothing with the server's."""

    def page(_: Request) -> Response:
        return answer_page(address)

    def file(request: Request) -> Response:
        return answer_file(address, request.url.path)

    files = [Route(p, file) for p in (TRUST_DER_PATH, TRUST_PEM_PATH, TRUST_PROFILE_PATH)]
    shown = [Route(f"/static/{name}", _make_static(STATIC / name)) for name in SHOWN]
    kept = list_app_files()
    shown += [
        Route(path, _make_static(kept[path])) for path in (f"{APP_PATH}/{one}" for one in FONTS)
    ]
    start = Route("/", lambda _: RedirectResponse(TRUST_PATH, 303))
    return Starlette(
        routes=[Route(TRUST_PATH, page), start, *files, *shown],
        middleware=[Middleware(SecurityHeaders), Middleware(SpeaksTheirLanguage)],
        exception_handlers={HTTPException: _say_nothing_here},
    )


def _make_static(path: Path) -> Callable[[Request], Response]:
    def show(_: Request) -> Response:
        return FileResponse(path)

    return show


def _say_nothing_here(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return PlainTextResponse("Only /trust is here; everything else is on HTTPS.\n", status)
