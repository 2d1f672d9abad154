"""Participants and samples over HTTP: read what a role may see, post what it may enter."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from server.errors import UnsupportedUploadError
from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.study.posted import Posted
    from server.study.service import StudyService

PARTICIPANTS_API: Final = "/api/v1/participants"
PARTICIPANT_API: Final = "/api/v1/participants/{code}"
MEASUREMENTS_API: Final = "/api/v1/participants/measurements"
SAMPLES_API: Final = "/api/v1/samples"
DRAWS_API: Final = "/api/v1/samples/draws"
FIELDS_API: Final = "/api/v1/study/fields"

MAX_BODY_BYTES: Final = 32 * 1024  # every field with 200 characters, four bytes each

Person = Annotated[CurrentPerson, Depends(current_person)]

_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "id (UUIDv7 of the sender; may be repeated for ever), participant,"
        " time_point, values (by field: number, text, list of codes or {missing: reason}), reason"
        " of a correction, seen (the number that was read); of a sample also analyte and matrix",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


def build_study_router(open_service: "Callable[[], StudyService]") -> APIRouter:
    """The routes. The service is opened with the first request."""
    router = APIRouter(tags=["study"])

    async def take(request: Request, person: CurrentPerson, form: str) -> Response:
        _check_headers(request)
        content = await read_short_body(request, MAX_BODY_BYTES)
        return await run_in_threadpool(
            lambda: _answer(_post(open_service(), person, content, form))
        )

    @router.get(PARTICIPANTS_API, response_class=Response)
    def list_participants(person: Person) -> Response:
        """Everybody by code; signs and arms only for who may know who trains."""
        return _answer(open_service().list_participants(person))

    @router.post(MEASUREMENTS_API, openapi_extra=_BODY, response_class=Response)
    async def post_measurement(request: Request, person: Person) -> Response:
        """What was measured of a participant; a value that differs from a stored one needs a
        reason, and the stored one stays readable.
        """
        return await take(request, person, "measurement")

    @router.get(PARTICIPANT_API, response_class=Response)
    def read_participant(code: str, person: Person) -> Response:
        """A participant's measurements, and who entered what when."""
        return _answer(open_service().read_participant(person, code))

    @router.get(SAMPLES_API, response_class=Response)
    def list_samples(person: Person) -> Response:
        """Draws of blood and what was found in them."""
        return _answer(open_service().list_samples(person))

    @router.post(SAMPLES_API, openapi_extra=_BODY, response_class=Response)
    async def post_sample(request: Request, person: Person) -> Response:
        """What was found of one analyte in one matrix of a draw."""
        return await take(request, person, "sample")

    @router.post(DRAWS_API, openapi_extra=_BODY, response_class=Response)
    async def post_draw(request: Request, person: Person) -> Response:
        """What is known of a draw: when, and what moves what is found in it."""
        return await take(request, person, "draw")

    @router.get(FIELDS_API, response_class=Response)
    def list_fields(_person: Person) -> Response:
        """The tables of fields: names, units, limits, codes, reasons why one may be missing."""
        return _answer(_list_fields())

    return router


def _post(
    service: "StudyService", person: CurrentPerson, content: bytes, form: str
) -> dict[str, Any]:
    from server.study import posted

    forms: dict[str, type[Posted]] = {
        "measurement": posted.PostedMeasurement,
        "draw": posted.PostedDraw,
        "sample": posted.PostedSample,
    }
    return service.post(person, posted.decode_posted(content, forms[form]))


def _list_fields() -> dict[str, Any]:
    from server.study.fields.codebook import describe_field
    from server.study.fields.drawn import ASSAYED, DRAWN
    from server.study.fields.measured import MEASURED

    tables = {"measurement": MEASURED, "draw": DRAWN, "sample": ASSAYED}
    return {name: [describe_field(one) for one in table] for name, table in tables.items()}


def _check_headers(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise UnsupportedUploadError("entries are JSON: Content-Type: application/json")


def _answer(content: Any) -> Response:
    return Response(
        msgspec.json.encode(content),
        headers={"Cache-Control": "no-store"},
        media_type="application/json",
    )
