"""The live page's site on loopback: real people sign in, and tests say what every frame shows."""

from pathlib import Path

from fastapi import FastAPI

from server.db.opening import open_study
from server.people.hashing import HashingDesk
from server.people.roles import Role
from server.people.sign_in import SignIn
from server.web.cross_site import CrossSiteRefusal
from server.web.errors import add_problem_responses
from server.web.site import add_site
from tests.loopback_site import LoopbackSite, refuse_session
from tests.staff import add_person, begin_session
from tests.studies import make_study


class LiveSite(LoopbackSite):
    """Pages and stream over a study without an archive."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.database = open_study(make_study(folder / "study").path, None)

    def build_app(self) -> FastAPI:
        app = FastAPI()
        add_problem_responses(app, lambda _code: None)
        app.add_middleware(CrossSiteRefusal, note_refusal=lambda _code: None)
        add_site(app, self.viewers, SignIn(self.database, HashingDesk()), refuse_session)
        return app

    def sign_in(self, name: str = "sara", role: Role = Role.TRAINER) -> str:
        """Somebody new who is signed in; her session's id."""
        return begin_session(self.database, add_person(self.database, name, role))

    def close(self) -> None:
        super().close()
        self.database.close()
