"""`/limits`: where a clinician sees, signs and withdraws the study's limits, without JavaScript."""

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from server.people.api import read_source
from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import LIMITS_PATH
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.limits_desk import LimitsDesk

MAX_BODY_BYTES: Final = 32 * 1024  # a ceiling for each of 999 codes, and a reason
_MAX_FIELDS: Final = 999 + 16  # a code has three digits

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_limits_router(open_desk: "Callable[[], LimitsDesk]") -> APIRouter:
    """The page and its two forms. The desk is opened with the first request."""
    router = APIRouter(include_in_schema=False)

    @router.get(LIMITS_PATH)
    def show(person: Person, done: str = "") -> HTMLResponse:
        return open_desk().show_after(person, done)

    @router.post(LIMITS_PATH)
    async def take(person: Person, request: Request) -> Response:
        fields = read_form(await read_short_body(request, MAX_BODY_BYTES), _MAX_FIELDS)
        desk = await run_in_threadpool(open_desk)
        return await run_in_threadpool(desk.take, person, fields, read_source(request))

    return router
