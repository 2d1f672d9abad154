"""Asks the policy table before anything else of the app is reached, or a body is read."""

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from server.errors import (
    MethodNotAllowedError,
    NotFoundError,
    NotPermittedError,
    ServerError,
    SignedOutError,
)
from server.participant_access.cookie import read_own_session_id
from server.participant_access.current import SCOPE_KEY, CurrentParticipant
from server.people.cookie import read_session_id
from server.people.current import CurrentPerson
from server.web.paths import HOME_PATH, SIGN_IN_PAGE
from server.web.policy import Door, PolicyTable, is_page

FindPerson = Callable[[str], CurrentPerson | None]
FindParticipant = Callable[[str], CurrentParticipant | None]


def find_nobody(_session_id: str) -> None:
    """Of a site that no participant opens."""


_SEE_OTHER: Final = 303


class AccessControl:
    """Lets a request through to `app`, with who is behind it in its scope, or answers it.

    Stands inside the app's error handling, so that errors become problems as everywhere.
    """

    def __init__(
        self, app: ASGIApp, find_person: FindPerson, find_participant: FindParticipant
    ) -> None:
        self._app = app
        self._find_person = find_person
        self._find_participant = find_participant
        self._policy = PolicyTable()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._app if scope["type"] != "http" else await self._choose(scope)
        await answer(scope, receive, send)

    async def _choose(self, scope: Scope) -> ASGIApp:
        """What answers. Raises ServerError where nothing may."""
        method, path = scope["method"], scope["path"]
        access = self._policy.find(method, path)
        if access is None:
            raise self._explain_unknown(path)
        if access is Door.HERSELF:
            return await self._admit_participant(scope)
        if isinstance(access, Door):
            return self._app
        person = await self._find(scope)
        shown = is_page(path)  # its forms too: who was signed out meanwhile signs in again
        if person is None:
            if shown:
                return RedirectResponse(f"{SIGN_IN_PAGE}?next={quote(path)}", _SEE_OTHER)
            raise SignedOutError("sign in first")
        if person.role not in access:
            if shown:
                return RedirectResponse(HOME_PATH, _SEE_OTHER)
            raise NotPermittedError(f"this is not for the role {person.role.value}")
        scope["doseline.person"] = person
        return self._app

    async def _admit_participant(self, scope: Scope) -> ASGIApp:
        """By her own cookie alone: what staff are signed in by opens nothing of hers."""
        session_id = read_own_session_id(Headers(scope=scope).getlist("cookie"))
        found = None
        if session_id is not None:
            found = await run_in_threadpool(self._find_participant, session_id)
        if found is None:
            raise SignedOutError("this phone isn't signed in; ask your trainer for a code")
        scope[SCOPE_KEY] = found
        return self._app

    async def _find(self, scope: Scope) -> CurrentPerson | None:
        session_id = read_session_id(Headers(scope=scope).getlist("cookie"))
        if session_id is None:
            return None
        return await run_in_threadpool(self._find_person, session_id)

    def _explain_unknown(self, path: str) -> ServerError:
        methods = self._policy.list_methods(path)
        if methods:
            return MethodNotAllowedError(methods)
        return NotFoundError("there is nothing at this address")
