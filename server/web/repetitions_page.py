"""`/repetitions`: the detector's counts beside the trainers', without JavaScript; and its JSON."""

from typing import TYPE_CHECKING, Annotated

import msgspec
from fastapi import APIRouter, Depends, Response
from starlette.responses import HTMLResponse

from server.people.current import CurrentPerson, current_person
from server.web.paths import REPETITIONS_JSON_PATH, REPETITIONS_PATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.repetitions_desk import RepetitionsDesk

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_repetitions_router(open_desk: "Callable[[], RepetitionsDesk]") -> APIRouter:
    """The page and its JSON. The desk is opened with the first request."""
    router = APIRouter()

    @router.get(REPETITIONS_PATH, include_in_schema=False)
    def show(person: Person) -> HTMLResponse:
        return open_desk().show(person)

    @router.get(REPETITIONS_JSON_PATH, response_class=Response, tags=["dose"])
    def read_report(_person: Person) -> Response:
        """Bias, limits of agreement and kappa of counted repetitions, by exercise."""
        return Response(
            msgspec.json.encode(open_desk().read_report()),
            headers={"Cache-Control": "no-store"},
            media_type="application/json",
        )

    return router
