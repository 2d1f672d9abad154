"""Everything that people look at, put onto an app: pages, their files, the live stream."""

from fastapi import FastAPI

from server.live.api import build_live_router
from server.live.viewers import Viewers
from server.web.pages import build_pages_router, build_static_mount
from server.web.security_headers import SecurityHeaders


def add_site(app: FastAPI, viewers: Viewers) -> None:
    """Mount it. Whoever stops the server calls `app.state.viewers.close()` first."""
    app.include_router(build_live_router(viewers))
    app.include_router(build_pages_router())
    app.router.routes.append(build_static_mount())
    app.add_middleware(SecurityHeaders)
    app.state.viewers = viewers
