"""`GET /api/v1/tablet/bundle`: for whoever is signed in."""

from typing import TYPE_CHECKING, Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Response

from server.people.current import CurrentPerson, current_person
from server.web.paths import BUNDLE_PATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.web.tablet_bundle import BundleReader


def build_bundle_router(open_reader: "Callable[[], BundleReader]") -> APIRouter:
    """The bundle's route. The reader is opened with the first request."""
    router = APIRouter(tags=["tablet"])

    @router.get(BUNDLE_PATH, response_class=Response)
    def read_bundle(
        person: Annotated[CurrentPerson, Depends(current_person)],
        session: Annotated[str | None, Query(max_length=64)] = None,
    ) -> Response:
        """Sessions, plan, prescriptions, people, straps, staff: for one evening."""
        return Response(
            msgspec.json.encode(open_reader().read(person, session)),
            headers={"Cache-Control": "no-store"},
            media_type="application/json",
        )

    return router
