"""`GET /api/v1/sessions/{id}/live`: one frame a second for all tiles. Opens no database session."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from server.errors import NotFoundError
from server.live.stream import EventStream
from server.live.viewers import Viewers
from server.people.current import CurrentPerson, current_person
from server.people.session_watch import SessionWatch

CURRENT_SESSION = "now"  # until sessions are planned there is only what happens now


def build_live_router(viewers: Viewers, sessions: SessionWatch) -> APIRouter:
    """The event stream of the live page."""
    router = APIRouter(tags=["live"])

    @router.get(
        "/api/v1/sessions/{session_id}/live",
        response_class=Response,
        responses={200: {"content": {"text/event-stream": {}}, "description": "A frame a second"}},
    )
    async def watch(
        session_id: str, person: Annotated[CurrentPerson, Depends(current_person)]
    ) -> EventStream:
        """Server-sent events named `frame`, each with one JSON document."""
        if session_id != CURRENT_SESSION:
            raise NotFoundError(
                f"there is no session {session_id!r}; what happens now is called 'now'"
            )
        return EventStream(viewers, partial(sessions.is_going_on, person.session))

    return router
