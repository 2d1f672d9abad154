"""`/cards`: a trainer makes one woman's code, shows or prints it, and ends what it opened."""

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import CARDS_PATH
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.cards_desk import CardsDesk

_MAX_FIELDS: Final = 4

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_cards_router(open_desk: "Callable[[], CardsDesk]") -> APIRouter:
    """The page and its forms. What draws codes is loaded with the first one."""
    router = APIRouter(include_in_schema=False)

    @router.get(CARDS_PATH)
    def show(_person: Person, done: str = "", code: str = "") -> HTMLResponse:
        return open_desk().show(done, chosen=code)

    @router.post(CARDS_PATH)
    async def take(person: Person, request: Request) -> Response:
        fields = read_form(await read_short_body(request), _MAX_FIELDS)
        desk = await run_in_threadpool(open_desk)
        return await run_in_threadpool(desk.take, person, fields, str(request.base_url))

    return router
