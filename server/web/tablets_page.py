"""`/tablets`: which tablets are the study's; enrols, revokes, and takes what revoked ones had."""

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from server.people.api import read_source
from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import TABLET_ENTRIES_PATH, TABLET_RULE_PATH, TABLETS_PATH
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.tablets_desk import TabletsDesk

_MAX_FIELDS: Final = 4

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_tablets_page_router(open_desk: "Callable[[], TabletsDesk]") -> APIRouter:
    """The page and its forms. What draws codes is loaded with the first one."""
    router = APIRouter(include_in_schema=False)

    @router.get(TABLETS_PATH)
    def show(person: Person, done: str = "") -> HTMLResponse:
        return open_desk().show(person, done=done)

    @router.post(TABLETS_PATH)
    async def take(person: Person, request: Request) -> Response:
        fields = await _read(request)
        desk = await run_in_threadpool(open_desk)
        asked = (read_source(request), str(request.base_url))
        return await run_in_threadpool(desk.take, person, fields, *asked)

    @router.post(TABLET_RULE_PATH)
    async def rule(person: Person, request: Request) -> Response:
        fields = await _read(request)
        desk = await run_in_threadpool(open_desk)
        return await run_in_threadpool(desk.rule, person, fields, read_source(request))

    @router.post(TABLET_ENTRIES_PATH)
    async def decide(number: str, person: Person, request: Request) -> Response:
        fields = await _read(request)
        desk = await run_in_threadpool(open_desk)
        return await run_in_threadpool(desk.decide, person, number, fields)

    return router


async def _read(request: Request) -> dict[str, str]:
    return read_form(await read_short_body(request), _MAX_FIELDS)
