"""What a gateway's token opens: two routes, and no other (promise F12)."""

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from server.errors import NotPermittedError
from server.gateways.api import ROSTER_PATH
from server.ingest.api import INGEST_PATH
from server.refusals import NoteRefusal
from server.web.errors import make_problem

_OPEN_TO_TOKENS: Final = frozenset({("POST", INGEST_PATH), ("GET", ROSTER_PATH)})
_REFUSAL: Final = "a gateway's token uploads batches and reads its own roster, nothing else"


class GatewayTokenScope:
    """Refuses every request that carries a bearer token to any other route."""

    def __init__(self, app: ASGIApp, note_refusal: NoteRefusal) -> None:
        self._app = app
        self._note_refusal = note_refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _is_out_of_scope(scope):
            self._note_refusal(NotPermittedError.code)
            await make_problem(403, NotPermittedError.code, _REFUSAL)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_out_of_scope(scope: Scope) -> bool:
    if scope["type"] != "http" or (scope["method"], scope["path"]) in _OPEN_TO_TOKENS:
        return False
    return any(name == b"authorization" for name, _ in scope["headers"])
