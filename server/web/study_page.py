"""`/participants` and `/samples`: what was measured and found, its forms and its files."""

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from server.errors import NotFoundError
from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import DRAW_PATH, PARTICIPANT_PATH, PARTICIPANTS_PATH, SAMPLES_PATH
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.study.service import StudyService
    from server.web.study_desk import StudyDesk, Subject
    from server.web.study_lists import StudyLists
    from server.web.uploaded_file import FileForm

MAX_FORM_BYTES: Final = 64 * 1024  # every field with 200 characters, each up to twelve bytes
MAX_FILE_BYTES: Final = 2 * 1024 * 1024 + 16 * 1024  # a table at its longest, and the rest
_MAX_FIELDS: Final = 256

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_study_pages_router(open_service: "Callable[[], StudyService]") -> APIRouter:
    """The pages and their forms. The service is opened with the first request."""
    router = APIRouter(include_in_schema=False)

    def lists() -> "StudyLists":
        from server.web.study_lists import StudyLists

        return StudyLists(open_service())

    def desk() -> "StudyDesk":
        from server.web.study_desk import StudyDesk

        return StudyDesk(open_service())

    _add_participants(router, lists, desk)
    _add_samples(router, lists, desk)
    return router


def _add_participants(
    router: APIRouter, lists: "Callable[[], StudyLists]", desk: "Callable[[], StudyDesk]"
) -> None:
    @router.get(PARTICIPANTS_PATH)
    def show_participants(person: Person) -> HTMLResponse:
        return lists().show_participants(person)

    @router.post(PARTICIPANTS_PATH)
    async def take_measurements(person: Person, request: Request) -> Response:
        form = await _read_file(request)
        return await run_in_threadpool(lambda: lists().take_measurements(person, form))

    @router.get(PARTICIPANT_PATH)
    def show_participant(person: Person, code: str, at: str = "", done: str = "") -> HTMLResponse:
        return _show(desk(), person, _find_measurement(code, at), done)

    @router.post(PARTICIPANT_PATH)
    async def take_participant(
        person: Person, request: Request, code: str, at: str = ""
    ) -> Response:
        fields = await _read_fields(request)
        return await run_in_threadpool(
            lambda: desk().take(person, _find_measurement(code, at), fields)
        )


def _add_samples(
    router: APIRouter, lists: "Callable[[], StudyLists]", desk: "Callable[[], StudyDesk]"
) -> None:
    @router.get(SAMPLES_PATH)
    def show_samples(person: Person) -> HTMLResponse:
        return lists().show_samples(person)

    @router.post(SAMPLES_PATH)
    async def take_samples(person: Person, request: Request) -> Response:
        form = await _read_file(request)
        return await run_in_threadpool(lambda: lists().take_samples(person, form))

    @router.get(DRAW_PATH)
    def show_draw(
        person: Person, code: str, time_point: str, of: str = "", done: str = ""
    ) -> HTMLResponse:
        return _show(desk(), person, _find_draw(person, code, time_point, of), done)

    @router.post(DRAW_PATH)
    async def take_draw(
        person: Person, request: Request, code: str, time_point: str, of: str = ""
    ) -> Response:
        fields = await _read_fields(request)
        return await run_in_threadpool(
            lambda: desk().take(person, _find_draw(person, code, time_point, of), fields)
        )


async def _read_fields(request: Request) -> dict[str, str]:
    return read_form(await read_short_body(request, MAX_FORM_BYTES), _MAX_FIELDS)


async def _read_file(request: Request) -> "FileForm":
    from server.web.uploaded_file import read_file_form

    body = await read_short_body(request, MAX_FILE_BYTES)
    return read_file_form(request.headers.get("content-type", ""), body, "file")


def _show(desk: "StudyDesk", person: CurrentPerson, subject: "Subject", done: str) -> HTMLResponse:
    from server.web.study_desk import tell_done

    return desk.show(person, subject, said=(tell_done(done), ""))


def _find_measurement(code: str, at: str) -> "Subject":
    """Raises NotFoundError."""
    from protocol.identifiers import ParticipantCode
    from server.study.fact_kind import FactKind
    from server.study.measurement import TimePoint
    from server.web.study_desk import Subject

    point = at or TimePoint.BASELINE.value
    if point not in set(TimePoint):
        raise NotFoundError(f"there is no such time: {' or '.join(TimePoint)}")
    return Subject(FactKind.MEASUREMENT, ParticipantCode(code), TimePoint(point))


def _find_draw(person: CurrentPerson, code: str, point: str, of: str) -> "Subject":
    """Raises NotFoundError, also for what this role doesn't see."""
    from protocol.identifiers import ParticipantCode
    from server.study.fact_kind import FactKind
    from server.study.fields.drawn import ANALYTES, ASSAYED, MATRICES
    from server.study.measurement import TimePoint
    from server.study.sight import SIGHTS
    from server.web.study_desk import Subject

    if point not in set(TimePoint):
        raise NotFoundError(f"there is no such time: {' or '.join(TimePoint)}")
    if not of:
        return Subject(FactKind.DRAW, ParticipantCode(code), TimePoint(point))
    analyte, _, matrix = of.partition("/")
    is_seen = bool(SIGHTS[person.role].list_read(ASSAYED))
    if analyte not in ANALYTES or matrix not in MATRICES or not is_seen:
        raise NotFoundError("there is no such sample")
    return Subject(FactKind.SAMPLE, ParticipantCode(code), TimePoint(point), analyte, matrix)
