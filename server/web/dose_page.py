"""`/dose`: the dose matrix, without JavaScript too; and all numbers of one of its cells as JSON."""

from typing import TYPE_CHECKING, Annotated

import msgspec
from fastapi import APIRouter, Depends, Response
from starlette.responses import HTMLResponse

from server.people.current import CurrentPerson, current_person
from server.web.paths import DOSE_CELL_PATH, DOSE_PATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.dose_desk import DoseDesk

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_dose_router(open_desk: "Callable[[], DoseDesk]") -> APIRouter:
    """The page and a cell. The desk is opened with the first request."""
    router = APIRouter()

    @router.get(DOSE_PATH, include_in_schema=False)
    def show(
        person: Person,
        metric: str | None = None,
        session: str | None = None,
        participant: str | None = None,
    ) -> HTMLResponse:
        from server.web.dose_desk import Asked

        return open_desk().show(person, Asked(metric, session, participant))

    @router.get(DOSE_CELL_PATH, response_class=Response, tags=["dose"])
    def read_cell(session_id: str, participant: str, _person: Person) -> Response:
        """Every dose number of one participant in one session, planned beside delivered."""
        content = open_desk().read_cell(session_id, participant)
        return Response(
            msgspec.json.encode(content),
            headers={"Cache-Control": "no-store"},
            media_type="application/json",
        )

    return router
