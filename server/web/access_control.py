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
    TabletNotEnrolledError,
    TabletRevokedError,
    TabletUnknownError,
)
from server.participant_access.cookie import read_own_session_id
from server.participant_access.current import SCOPE_KEY, CurrentParticipant
from server.people.cookie import read_session_id
from server.people.current import CurrentPerson
from server.tablets.credentials import read_credential
from server.tablets.current import SCOPE_KEY as TABLET_KEY
from server.tablets.current import CurrentTablet, KnowsTablets
from server.web.paths import HOME_PATH, SIGN_IN_PAGE
from server.web.policy import Access, Door, PolicyTable, is_page

FindPerson = Callable[[str], CurrentPerson | None]
FindParticipant = Callable[[str], CurrentParticipant | None]


def find_nobody(_session_id: str) -> None:
    """Of a site that no participant opens."""


_SEE_OTHER: Final = 303
_READS: Final = frozenset({"GET", "HEAD"})


class AccessControl:
    """Lets a request through to `app`, with who is behind it in its scope, or answers it.

    Stands inside the app's error handling, so that errors become problems as everywhere.
    """

    def __init__(
        self,
        app: ASGIApp,
        find_person: FindPerson,
        find_participant: FindParticipant,
        tablets: KnowsTablets,
    ) -> None:
        self._app = app
        self._find_person = find_person
        self._find_participant = find_participant
        self._tablets = tablets
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
        tablet = await self._find_tablet(scope, access)
        if access is Door.TABLET and tablet is None:
            raise TabletUnknownError("this tablet isn't enrolled here")
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
        await self._require_enrolled(person, tablet)
        scope["doseline.person"] = person
        return self._app

    async def _find_tablet(self, scope: Scope, access: Access) -> CurrentTablet | None:
        """Which one asks. Raises TabletRevokedError for all but what it still may."""
        is_about_nobody = access is Door.OPEN and scope["method"] in _READS
        credential = read_credential(Headers(scope=scope).getlist("cookie"))
        if credential is None or is_about_nobody:
            return None
        tablet = await run_in_threadpool(self._tablets.find, credential)
        if tablet is not None and tablet.is_revoked and access is not Door.TABLET:
            raise TabletRevokedError("this tablet was revoked; what waits on it goes first")
        scope[TABLET_KEY] = tablet
        return tablet

    async def _require_enrolled(self, person: CurrentPerson, tablet: CurrentTablet | None) -> None:
        """What somebody signed in on a tablet before the study wanted that holds no longer."""
        if person.device is None or tablet is not None:
            return
        if await run_in_threadpool(self._tablets.is_required):
            raise TabletNotEnrolledError("this study takes entries of enrolled tablets only")

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
