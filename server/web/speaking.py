"""Sets the language of every request, before anything of the app is reached."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from server.web.catalogue.spoken import speaking
from server.web.language import choose_language


class SpeaksTheirLanguage:
    """Sentences that are made for a request are in the language of whoever sent it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        language = choose_language(headers.getlist("cookie"), headers.getlist("accept-language"))
        with speaking(language):
            await self._app(scope, receive, send)
