"""The routes of sessions alone, for somebody who is signed in as a test says."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fastapi import FastAPI

from server.people.roles import Role
from server.sessions.api import build_sessions_router
from server.sessions.service import SessionService
from server.storage import Storage
from server.web.errors import add_problem_responses

CODES = ("P01", "P02", "P03", "P07")


@dataclass
class SignedIn:
    """Sara, on a tablet on which Leyla gave her PIN as well."""

    name: str = "sara"
    actors: Mapping[str, object] = field(
        default_factory=lambda: dict.fromkeys(("sara", "leyla"), Role.TRAINER)
    )


def create_sessions_app(
    storage: Storage, person: SignedIn, wall_ns: Callable[[], int] = time.time_ns
) -> FastAPI:
    app = FastAPI()
    service = SessionService(
        storage.writer, storage.database, lambda _connection: CODES, wall_ns=wall_ns
    )
    app.include_router(build_sessions_router(lambda: service, lambda: person))
    add_problem_responses(app, lambda _code: None)
    return app
