"""Answers to loopback names only: a page elsewhere must not reach us under its own name.

The live page needs no sign-in yet. Without this check, a web page whose name is made to point at
127.0.0.1 (DNS rebinding) could read it in the browser of whoever opens that page here.
"""

import ipaddress
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from server.refusals import NoteRefusal
from server.web.errors import make_problem

_CODE: Final = "misdirected"
_REFUSAL: Final = "this server answers to 127.0.0.1 and localhost only"


class LoopbackNames:
    """Refuses every request whose Host header names another machine."""

    def __init__(self, app: ASGIApp, note_refusal: NoteRefusal) -> None:
        self._app = app
        self._note_refusal = note_refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_loopback_host(_read_host(scope)):
            self._note_refusal(_CODE)
            await make_problem(421, _CODE, _REFUSAL)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_loopback_host(host: str) -> bool:
    """Whether a Host header (`name`, `name:port`, `[v6]:port`) names this machine to itself."""
    name = host.rpartition("]")[0].removeprefix("[") if "]" in host else host.partition(":")[0]
    try:
        return name.lower() == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _read_host(scope: Scope) -> str:
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin-1") if len(hosts) == 1 else ""
