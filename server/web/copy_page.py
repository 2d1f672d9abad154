"""`/sessions/{id}/transcribe`: a written sheet into the ledger, page by page."""

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import TRANSCRIBE_PATH
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.copy_desk import CopyDesk

MAX_BODY_BYTES: Final = 64 * 1024  # a leaf of some two hundred short fields
_MAX_FIELDS: Final = 1024  # 32 stations, and rounds in plenty
_FIRST: Final = "session"

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_copy_router(open_desk: "Callable[[], CopyDesk]") -> APIRouter:
    """The page and its form. The desk is opened with the first request."""
    router = APIRouter(include_in_schema=False)

    @router.get(TRANSCRIBE_PATH)
    def show(session_id: str, person: Person, request: Request) -> HTMLResponse:
        fields = dict(request.query_params)
        return open_desk().show(person, session_id, fields.get("of", _FIRST), fields)

    @router.post(TRANSCRIBE_PATH)
    async def take(session_id: str, person: Person, request: Request, of: str = _FIRST) -> Response:
        fields = read_form(await read_short_body(request, MAX_BODY_BYTES), _MAX_FIELDS)
        desk = await run_in_threadpool(open_desk)
        return await run_in_threadpool(desk.take, person, session_id, of, fields)

    return router
