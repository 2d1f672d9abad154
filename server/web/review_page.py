"""`/sessions/{id}/review`: one evening on one axis, tables without JavaScript; and its JSON."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import REVIEW_LANES_PATH, REVIEW_PATH, TRACES_PATH
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.review_desk import ReviewDesk

_MAX_FIELDS: Final = 8
MAX_BODY_BYTES: Final = 8 * 1024

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_review_router(open_desk: "Callable[[], ReviewDesk]") -> APIRouter:
    """The page, its form, and both JSONs. The desk is opened with the first request."""
    router = APIRouter()

    @router.get(REVIEW_PATH, include_in_schema=False)
    def show(session_id: str, person: Person, request: Request) -> HTMLResponse:
        from server.web.review_correction import read_asked
        from server.web.review_desk import Shown

        fields = dict(request.query_params)
        asked = read_asked(fields) if "about" in fields else None
        return open_desk().show(person, session_id, Shown(asked, done=fields.get("done", "")))

    @router.post(REVIEW_PATH, include_in_schema=False)
    async def take(session_id: str, person: Person, request: Request) -> Response:
        fields = read_form(await read_short_body(request, MAX_BODY_BYTES), _MAX_FIELDS)
        desk = await run_in_threadpool(open_desk)
        return await run_in_threadpool(desk.take, person, session_id, fields)

    @router.get(REVIEW_LANES_PATH, response_class=Response, tags=["dose"])
    def read_review(session_id: str, _person: Person) -> Response:
        """Everybody's evening: sets, efforts, events, stops, gaps and straps with their times."""
        return _answer(open_desk().read_review(session_id))

    @router.get(TRACES_PATH, response_class=Response, tags=["dose"])
    def read_traces(session_id: str, participant: str, _person: Person) -> Response:
        """Heart rate, movement and gaps of one participant, in columns; seconds from `origin`."""
        return _answer(open_desk().read_traces(session_id, participant))

    return router


def _answer(content: Any) -> Response:
    return Response(
        msgspec.json.encode(content),
        headers={"Cache-Control": "no-store"},
        media_type="application/json",
    )
