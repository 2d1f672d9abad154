"""`/sessions/{id}/sheet`: the evening on paper, for when screens fail."""

import time
from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.people.current import CurrentPerson, current_person
from server.web.pages import make_page
from server.web.paths import SHEET_PATH

TONIGHT: Final = "tonight"  # in the place of an id, where nobody knows it

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_sheet_router(database: Database, wall_ns: Callable[[], int] = time.time_ns) -> APIRouter:
    """The page. What draws codes is loaded with the first one."""
    router = APIRouter(include_in_schema=False)

    @router.get(SHEET_PATH)
    def show(session_id: str, person: Person) -> Response:
        from server.web.sheet_reading import find_tonight, keep_sheet, read_sheet_evening
        from server.web.sheet_view import view_sheet

        now = format_utc_ms(wall_ns() // 1_000_000)
        if session_id == TONIGHT:
            return RedirectResponse(SHEET_PATH.format(session_id=find_tonight(database, now)))
        evening = read_sheet_evening(database, session_id, now)
        keep_sheet(database, evening.sheet, person.name)
        return make_page(view_sheet(evening, person.role))

    return router
