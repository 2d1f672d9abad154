"""`/reporting`: checklists filled from data, and the study's own sentences; no script needed."""

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import REPORTING_COPY_PATH, REPORTING_PATH
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.reporting_desk import ReportingDesk

# Text and reason, each character up to twelve bytes in a form.
MAX_BODY_BYTES: Final = 24 * 1024
_MAX_FIELDS: Final = 8

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_reporting_router(open_desk: "Callable[[], ReportingDesk]") -> APIRouter:
    """The page, its form, and what is copied from it. The desk is opened with the first request."""
    router = APIRouter(include_in_schema=False)

    @router.get(REPORTING_PATH)
    def show(person: Person, item: str = "", done: str = "") -> HTMLResponse:
        return open_desk().show(person, item=item, done=done)

    @router.post(REPORTING_PATH)
    async def take(person: Person, request: Request) -> Response:
        fields = read_form(await read_short_body(request, MAX_BODY_BYTES), _MAX_FIELDS)
        desk = await run_in_threadpool(open_desk)
        return await run_in_threadpool(desk.take, person, fields)

    @router.get(REPORTING_COPY_PATH)
    def copy(_person: Person, request: Request) -> Response:
        asked = request.query_params
        return open_desk().copy(asked.get("list", ""), asked.get("as", ""))

    return router
