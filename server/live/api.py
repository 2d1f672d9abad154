"""`GET /api/v1/sessions/{id}/live`: one frame a second for all tiles. Holds no database session."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from server.live.stream import EventStream
from server.live.viewers import Viewers
from server.people.current import CurrentPerson, current_person
from server.people.session_watch import SessionWatch

CURRENT_SESSION = "now"  # whatever any gateway hears, in a session or not

RequireSession = Callable[[str], None]


def build_live_router(
    viewers: Viewers, sign_ins: SessionWatch, require_session: RequireSession
) -> APIRouter:
    """The event streams. `require_session` raises NotFoundError for an id that is no session."""
    router = APIRouter(tags=["live"])

    @router.get(
        "/api/v1/sessions/{session_id}/live",
        response_class=Response,
        responses={200: {"content": {"text/event-stream": {}}, "description": "A frame a second"}},
    )
    async def watch(
        session_id: str, person: Annotated[CurrentPerson, Depends(current_person)]
    ) -> EventStream:
        """Server-sent events named `frame`, each with one JSON document.

        Of a session: the straps worn in it at that moment, and the gaps while they were. Of `now`:
        every strap of the study and whatever else is heard.
        """
        wait_for_end = partial(sign_ins.wait_for_end, person.session)
        if session_id == CURRENT_SESSION:
            return EventStream(viewers, wait_for_end)
        await run_in_threadpool(require_session, session_id)
        return EventStream(viewers, wait_for_end, session_id)

    return router
