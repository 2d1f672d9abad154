"""`/next-day`: what women said was new or worse the day after, for a person to look at."""

import time
from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.db.database import Database
from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.pages import make_page
from server.web.paths import NEXT_DAY_PATH
from server.web.role_groups import NEXT_DAY_DECIDERS
from server.web.sign_in_page import read_form

_MAX_FIELDS: Final = 2

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_next_day_router(
    database: Database, wall_ns: Callable[[], int] = time.time_ns
) -> APIRouter:
    """The list, and the form by which somebody says what was done."""
    router = APIRouter(include_in_schema=False)

    @router.get(NEXT_DAY_PATH)
    def show(person: Person, done: str = "") -> HTMLResponse:
        from server.web.next_day_view import view_next_day

        with database.reading() as connection:
            return make_page(
                view_next_day(connection, may_decide=person.role in NEXT_DAY_DECIDERS, done=done)
            )

    @router.post(NEXT_DAY_PATH)
    async def take(person: Person, request: Request) -> Response:
        fields = read_form(await read_short_body(request), _MAX_FIELDS)
        return await run_in_threadpool(store, person, fields)

    def store(person: CurrentPerson, fields: dict[str, str]) -> Response:
        from server.errors import RuleError
        from server.study.next_day import append_done
        from server.web.next_day_view import view_next_day

        by = (person.active, wall_ns() // 1_000_000)
        try:
            with database.writing() as connection:
                append_done(connection, fields.get("answer", ""), fields.get("done", ""), by)
        except RuleError:
            with database.reading() as connection:
                context = view_next_day(connection, may_decide=True, refused=fields.get("answer"))
            return make_page(context, 422)
        return RedirectResponse(f"{NEXT_DAY_PATH}?done=stored", 303)

    return router
