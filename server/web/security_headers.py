"""Headers that every answer carries: what a page may load is decided here, not in the page."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.web.loopback_names import is_loopback_host, read_host
from server.web.paths import ANALYSIS_REPORT_PATH

_HEADERS: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# A year, for this name alone: another service below it may have no certificate (RFC 6797, 6.1).
_HTTPS_ONLY: Final = "max-age=31536000"
_NO_CAMERA: Final = "camera=(), geolocation=(), microphone=()"
# The tablet reads the codes on straps; no other page has a use for a camera.
_PERMISSIONS: Final = {"/tablet/": "camera=(self), geolocation=(), microphone=()"}
# Nothing of a rehearsal reaches a server: its page may ask for scripts, and for nothing else.
_ASKS_NOBODY: Final = frozenset({"/tablet/practice/"})

# A report is one file that needs nothing else: its own styles, and nothing that runs or is loaded.
REPORT_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'; sandbox"
)
_REPORTS: Final = compile_path(ANALYSIS_REPORT_PATH)[0]


def hash_import_map(text: str) -> str:
    """The CSP source that lets exactly this text stand between an import map's tags."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def build_content_security_policy(
    import_maps: Sequence[str] = (), *, may_connect: bool = True
) -> str:
    """Nothing but our own files and our own stream, and no HTML from strings.

    No inline code but these import maps, no inline style. The one policy name that trusted types
    allow lets the tablet register its service worker.
    """
    connect = "'self'" if may_connect else "'none'"
    scripts = " ".join(("'self'", *(hash_import_map(text) for text in import_maps)))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "media-src 'self'",
            f"connect-src {connect}",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types doseline-worker",
        )
    )


class SecurityHeaders:
    """Adds the headers; a cache has to ask whether what it holds is still current."""

    def __init__(self, app: ASGIApp, import_maps: Sequence[str] = ()) -> None:
        self._app = app
        self._policies = {
            may: build_content_security_policy(import_maps, may_connect=may)
            for may in (True, False)
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers["Content-Security-Policy"] = self._policies[
                    scope["path"] not in _ASKS_NOBODY
                ]
                if _REPORTS.fullmatch(scope["path"]):
                    headers["Content-Security-Policy"] = REPORT_POLICY
                headers["Permissions-Policy"] = _PERMISSIONS.get(scope["path"], _NO_CAMERA)
                headers.setdefault("Cache-Control", "no-cache")
                if _is_https_elsewhere(scope):
                    headers["Strict-Transport-Security"] = _HTTPS_ONLY
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _is_https_elsewhere(scope: Scope) -> bool:
    """Not on loopback: there the promise would hold for every other program of that machine."""
    return scope.get("scheme") == "https" and not is_loopback_host(read_host(scope))
