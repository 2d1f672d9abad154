"""The composition root: opened storage in, an ASGI application out."""

from fastapi import FastAPI

from server.gateways.api import build_gateways_router
from server.gateways.authentication import TokenReader
from server.gateways.enrolment import find_gateway
from server.ingest.api import Ingest, build_ingest_router
from server.storage import Storage
from server.web.errors import add_problem_responses
from server.web.health import build_health_router
from server.web.token_scope import GatewayTokenScope


def create_app(storage: Storage) -> FastAPI:
    """The whole server over an opened study; whoever opened it closes it."""
    app = FastAPI(
        title="doseline",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    tokens = _token_reader(storage)
    ingest = Ingest(storage.writer, tokens, storage.contacts, storage.metrics)
    app.include_router(build_ingest_router(ingest))
    app.include_router(build_gateways_router(storage.database, tokens))
    app.include_router(build_health_router(storage.writer, storage.registry))
    app.add_middleware(GatewayTokenScope)
    add_problem_responses(app)
    return app


def _token_reader(storage: Storage) -> TokenReader:
    def find(token: str) -> str | None:
        with storage.database.reading() as connection:
            return find_gateway(connection, token)

    return TokenReader(find)
