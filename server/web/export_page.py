"""`/export`: choose what to hand out, look at it, build it, take it."""

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, HTMLResponse, Response

from server.db.database import Database
from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import (
    APPROVAL_PATH,
    EXPORT_ASK_PATH,
    EXPORT_FILE_PATH,
    EXPORT_JOB_PATH,
    EXPORT_PATH,
)
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.export.workshop import Workshop
    from server.web.export_desk import ExportDesk

MAX_FORM_BYTES: Final = 16 * 1024  # a reason of 500 characters, each up to twelve bytes in a form
MAX_KEY_BYTES: Final = 16 * 1024  # a key has 65 bytes: room for what is around it in a form
_MAX_FIELDS: Final = 16

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_export_router(study: Database, open_workshop: "Callable[[], Workshop]") -> APIRouter:
    """The pages, their forms and the file. The workshop is opened with the first request."""
    router = APIRouter(include_in_schema=False)

    def desk() -> "ExportDesk":
        from server.web.export_desk import ExportDesk

        return ExportDesk(study, open_workshop())

    @router.get(EXPORT_PATH)
    def show(person: Person) -> HTMLResponse:
        return desk().show(person)

    @router.post(EXPORT_PATH)
    async def choose(person: Person, request: Request) -> Response:
        fields = read_form(await read_short_body(request, MAX_FORM_BYTES), _MAX_FIELDS)
        return await run_in_threadpool(lambda: desk().choose(person, fields))

    @router.get(EXPORT_JOB_PATH)
    def show_job(person: Person, job: str) -> HTMLResponse:
        return desk().show_job(person, job)

    @router.post(EXPORT_JOB_PATH)
    async def build(person: Person, request: Request, job: str) -> Response:
        from server.web.uploaded_file import read_file_form

        body = await read_short_body(request, MAX_KEY_BYTES)
        form = read_file_form(request.headers.get("content-type", ""), body, "key")
        return await run_in_threadpool(lambda: desk().build(person, job, form))

    @router.post(EXPORT_ASK_PATH)
    async def ask(person: Person, request: Request, job: str) -> Response:
        fields = read_form(await read_short_body(request, MAX_FORM_BYTES), _MAX_FIELDS)
        return await run_in_threadpool(lambda: desk().ask(person, job, fields))

    @router.post(APPROVAL_PATH)
    async def decide(person: Person, request: Request, number: int) -> Response:
        fields = read_form(await read_short_body(request, MAX_FORM_BYTES), _MAX_FIELDS)
        return await run_in_threadpool(lambda: desk().decide(person, number, fields))

    @router.get(EXPORT_FILE_PATH)
    def take(person: Person, job: str) -> FileResponse:
        return desk().take(person, job)

    return router
