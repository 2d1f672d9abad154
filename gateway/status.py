"""The status server: `/` for people, `/status.json` for programs, `/metrics`; this machine only."""

import contextlib
import socket
from collections.abc import Awaitable, Callable, Generator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from gateway.errors import SettingsError
from gateway.metrics import render_metrics
from gateway.status_page import render_page

HOST = "127.0.0.1"
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
_METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"

ReadStatus = Callable[[], Awaitable[dict[str, Any]]]


def create_status_app(read_status: ReadStatus) -> Starlette:
    """The three pages over whatever `read_status` answers."""

    async def page(_: Request) -> Response:
        return HTMLResponse(render_page(await read_status()), headers=_HEADERS)

    async def document(_: Request) -> Response:
        return JSONResponse(await read_status(), headers=_HEADERS)

    async def metrics(_: Request) -> Response:
        return Response(render_metrics(await read_status()), media_type=_METRICS_TYPE)

    routes = [Route("/", page), Route("/status.json", document), Route("/metrics", metrics)]
    # A page elsewhere must not read this one by pointing its own name at 127.0.0.1.
    own_names = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
    return Starlette(routes=routes, middleware=[own_names])


def bind_status_port(port: int) -> socket.socket:
    """Take the port before anything starts. Raises SettingsError if it is taken."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(
            f"port {port} for the status page can't be used ({reason});"
            " choose another --status, 0 for a free one, or leave it out for no page"
        ) from None


class _Server(uvicorn.Server):
    """Leaves signals to the gateway, which has straps to stop first."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


async def serve_status(read_status: ReadStatus, bound: socket.socket) -> None:
    """Answer until cancelled."""
    config = uvicorn.Config(
        create_status_app(read_status), log_config=None, access_log=False, lifespan="off"
    )
    await _Server(config).serve(sockets=[bound])
