"""The tablet's pages, a stream of live frames, and the API's double, on one loopback port."""

import asyncio

from fastapi import FastAPI
from starlette.responses import Response

from server.live.stream import EventStream
from server.web.catalogue_file import build_catalogue_router
from server.web.errors import add_problem_responses
from server.web.pages import build_static_mount
from server.web.security_headers import SecurityHeaders
from server.web.tablet_app import build_tablet_router
from server.web.tablet_practice import load_practice_import_map
from server.web.vendored import load_import_map
from tests.ledger_double import LedgerDouble, build_double_router
from tests.loopback_site import LoopbackSite


class TabletSite(LoopbackSite):
    """`stop` and `start` as a server that goes and comes; what it stored stays."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = LedgerDouble()

    def build_app(self) -> FastAPI:
        app = FastAPI()
        add_problem_responses(app, lambda _code: None)
        app.include_router(build_catalogue_router())
        app.include_router(build_tablet_router())
        app.include_router(build_double_router(self.ledger))
        app.add_api_route("/api/v1/sessions/now/live", self._watch, response_class=Response)
        app.router.routes.append(build_static_mount())
        maps = (load_import_map(), load_practice_import_map())
        app.add_middleware(SecurityHeaders, import_maps=maps)
        return app

    async def _watch(self) -> EventStream:
        return EventStream(self.viewers, asyncio.Event().wait)
