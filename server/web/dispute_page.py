"""`/sessions/{id}/contradictions`: entries that say different things, and who decides."""

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import DISPUTES_PATH
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.dispute_desk import DisputeDesk

MAX_BODY_BYTES: Final = 16 * 1024  # a reason of 500 characters, each up to twelve bytes in a form
_MAX_FIELDS: Final = 8

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_dispute_router(open_desk: "Callable[[], DisputeDesk]") -> APIRouter:
    """The page and its forms. The desk is opened with the first request."""
    router = APIRouter(include_in_schema=False)

    @router.get(DISPUTES_PATH)
    def show(session_id: str, person: Person, done: str = "") -> HTMLResponse:
        return open_desk().show(person, session_id, done)

    @router.post(DISPUTES_PATH)
    async def take(session_id: str, person: Person, request: Request) -> Response:
        fields = read_form(await read_short_body(request, MAX_BODY_BYTES), _MAX_FIELDS)
        desk = await run_in_threadpool(open_desk)
        return await run_in_threadpool(desk.take, person, session_id, fields)

    return router
