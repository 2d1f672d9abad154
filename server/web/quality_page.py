"""`/quality`: what to look at before numbers are believed, and what people decided of it."""

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import QUALITY_PATH
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.quality_desk import QualityDesk

MAX_BODY_BYTES: Final = 16 * 1024  # a note of 500 characters, each up to twelve bytes in a form
_MAX_FIELDS: Final = 16

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_quality_router(open_desk: "Callable[[], QualityDesk]") -> APIRouter:
    """The page and its forms. The desk is opened with the first request."""
    router = APIRouter(include_in_schema=False)

    @router.get(QUALITY_PATH)
    def show(
        person: Person, state: str = "", rule: str = "", first: str = "", done: str = ""
    ) -> HTMLResponse:
        from server.web.quality_desk import tell_done
        from server.web.quality_view import Asked, Said

        asked = Asked(state, rule, int(first) if first.isdecimal() and len(first) < 9 else 0)
        return open_desk().show(person, asked, Said(done=tell_done(done)))

    @router.post(QUALITY_PATH)
    async def take(person: Person, request: Request) -> Response:
        fields = read_form(await read_short_body(request, MAX_BODY_BYTES), _MAX_FIELDS)
        desk = await run_in_threadpool(open_desk)
        return await run_in_threadpool(desk.take, person, fields)

    return router
