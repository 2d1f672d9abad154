"""Refuses what another site makes a browser send here with our cookie (promise F3)."""

from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from server.refusals import NoteRefusal
from server.web.errors import make_problem

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# w3.org/TR/fetch-metadata: none = typed by a person, or from a bookmark.
_OURS: Final = frozenset({"same-origin", "none"})
_CODE: Final = "cross_site"
_REFUSAL: Final = "this came from another site; open the page here and try again"


class CrossSiteRefusal:
    """Fetch Metadata first; where a browser sends none, Origin against Host."""

    def __init__(self, app: ASGIApp, note_refusal: NoteRefusal) -> None:
        self._app = app
        self._note_refusal = note_refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_cross_site(
            scope["method"], scope["scheme"], Headers(scope=scope)
        ):
            self._note_refusal(_CODE)
            await make_problem(403, _CODE, _REFUSAL)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_cross_site(method: str, scheme: str, headers: Headers) -> bool:
    """Whether a request that changes something must be refused.

    Without either header it was no browser of today; it may go on only if it brings no cookie, and
    so no rights, or if it brings a gateway's token and no cookie.
    """
    if method in _SAFE_METHODS:
        return False
    has_cookie = "cookie" in headers
    if "authorization" in headers and not has_cookie:
        return False
    sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
    if sites:
        return not (len(sites) == 1 and sites[0] in _OURS)
    if origins:
        return origins != [f"{scheme}://{headers.get('host', '')}"]
    return has_cookie
