"""Answers to its own names only: a page elsewhere must not reach us under another one.

Without this check, a web page whose name is made to point here (DNS rebinding) would be one site
with us in the browser of whoever opens it. Own names are loopback's, and those of the certificate.
"""

import ipaddress
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from server.refusals import NoteRefusal
from server.web.errors import make_problem

_CODE: Final = "misdirected"
ReadNames = Callable[[], AbstractSet[str]]
_LOOPBACK: Final = "127.0.0.1 and localhost"


class LoopbackNames:
    """Refuses every request whose Host header names another machine.

    `read_also` gives names and addresses beside loopback, in lower case and without brackets; they
    are asked for each time, because a renewed certificate may have others.
    """

    def __init__(
        self, app: ASGIApp, note_refusal: NoteRefusal, read_also: ReadNames = frozenset
    ) -> None:
        self._app = app
        self._note_refusal = note_refusal
        self._read_also = read_also

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_own(read_host(scope)):
            self._note_refusal(_CODE)
            await make_problem(421, _CODE, self._tell())(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_own(self, host: str) -> bool:
        return is_loopback_host(host) or _strip_port(host).lower() in self._read_also()

    def _tell(self) -> str:
        names = ", ".join(sorted(self._read_also())) or _LOOPBACK
        return f"this server answers to {names} only"


def is_loopback_host(host: str) -> bool:
    """Whether a Host header (`name`, `name:port`, `[v6]:port`) names this machine to itself."""
    name = _strip_port(host)
    try:
        return name.lower() == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _strip_port(host: str) -> str:
    return host.rpartition("]")[0].removeprefix("[") if "]" in host else host.partition(":")[0]


def read_host(scope: Scope) -> str:
    """The Host header; empty where there is none, or more than one."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin-1") if len(hosts) == 1 else ""
