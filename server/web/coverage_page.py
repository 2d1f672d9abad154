"""`/coverage`: how much was heard of everybody in every session, without JavaScript too."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from server.people.current import CurrentPerson, current_person
from server.web.paths import COVERAGE_MAP_PATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.coverage_desk import CoverageDesk

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_coverage_router(open_desk: "Callable[[], CoverageDesk]") -> APIRouter:
    """The page. The desk is opened with the first request."""
    router = APIRouter(include_in_schema=False)

    @router.get(COVERAGE_MAP_PATH)
    def show(person: Person, stream: str | None = None) -> HTMLResponse:
        return open_desk().show(person, stream)

    return router
