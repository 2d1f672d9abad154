"""`/dose/course`: what the course adds up to for everybody, as a page and as JSON."""

from typing import TYPE_CHECKING, Annotated

import msgspec
from fastapi import APIRouter, Depends, Response
from starlette.responses import HTMLResponse

from server.people.current import CurrentPerson, current_person
from server.web.paths import COURSE_PATH, DOSE_COURSE_PATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.dose_course_desk import DoseCourseDesk

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_dose_course_router(open_desk: "Callable[[], DoseCourseDesk]") -> APIRouter:
    """The page and its data. The desk is opened with the first request."""
    router = APIRouter()

    @router.get(DOSE_COURSE_PATH, include_in_schema=False)
    def show(person: Person) -> HTMLResponse:
        return open_desk().show(person)

    @router.get(COURSE_PATH, response_class=Response, tags=["dose"])
    def read_courses(_person: Person) -> Response:
        """What the course adds up to for each participant, with what is missing and why."""
        return Response(
            msgspec.json.encode(open_desk().read_courses()),
            headers={"Cache-Control": "no-store"},
            media_type="application/json",
        )

    return router
