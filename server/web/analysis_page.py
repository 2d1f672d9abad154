"""`/analysis`: plan, data lock, run and report, and their forms."""

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from server.db.database import Database
from server.people.current import CurrentPerson, current_person
from server.people.request_body import read_short_body
from server.web.paths import (
    ANALYSIS_DOSE_PATH,
    ANALYSIS_LOCK_PATH,
    ANALYSIS_PATH,
    ANALYSIS_PDF_PATH,
    ANALYSIS_PLAN_PATH,
    ANALYSIS_REPORT_PATH,
    ANALYSIS_RESULTS_PATH,
    ANALYSIS_RUN_PATH,
    ANALYSIS_RUNS_PATH,
)
from server.web.sign_in_page import read_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.analysis.runs.workshop import AnalysisWorkshop
    from server.web.analysis_desk import AnalysisDesk
    from server.web.analysis_lock_desk import AnalysisLockDesk
    from server.web.analysis_plan_desk import AnalysisPlanDesk
    from server.web.analysis_run_desk import AnalysisRunDesk

MAX_FORM_BYTES: Final = 32 * 1024  # every box, and a reason of 500 characters
MAX_PLAN_BYTES: Final = 32 * 1024  # a plan names some dozens of columns
_MAX_FIELDS: Final = 128
_BY_FILE: Final = "multipart/form-data"

Person = Annotated[CurrentPerson, Depends(current_person)]


def build_analysis_router(
    study: Database, open_workshop: "Callable[[], AnalysisWorkshop]"
) -> APIRouter:
    """The pages, their forms and the files. The workshop is opened with the first request."""
    router = APIRouter(include_in_schema=False)
    _add_steps(router, study, open_workshop)
    _add_lock(router, study, open_workshop)
    _add_runs(router, study, open_workshop)
    return router


def _add_steps(
    router: APIRouter, study: Database, open_workshop: "Callable[[], AnalysisWorkshop]"
) -> None:
    def desk() -> "AnalysisDesk":
        from server.web.analysis_desk import AnalysisDesk

        return AnalysisDesk(study, open_workshop())

    def plan_desk() -> "AnalysisPlanDesk":
        from server.web.analysis_plan_desk import AnalysisPlanDesk

        return AnalysisPlanDesk(study)

    @router.get(ANALYSIS_PATH)
    def show(person: Person) -> HTMLResponse:
        return desk().show(person)

    @router.post(ANALYSIS_RUNS_PATH)
    def begin(person: Person) -> Response:
        return desk().begin(person)

    @router.get(ANALYSIS_PLAN_PATH)
    def show_plan(person: Person) -> HTMLResponse:
        return plan_desk().show_plan(person)

    @router.post(ANALYSIS_PLAN_PATH)
    async def put_in_force(person: Person, request: Request) -> Response:
        kind = request.headers.get("content-type", "")
        body = await read_short_body(request, MAX_PLAN_BYTES)
        if kind.startswith(_BY_FILE):
            from server.web.uploaded_file import read_file_form

            form = read_file_form(kind, body, "plan")
            return await run_in_threadpool(lambda: plan_desk().plan_by_file(person, form))
        fields = read_form(body, _MAX_FIELDS)
        return await run_in_threadpool(lambda: plan_desk().plan_by_form(person, fields))


def _add_lock(
    router: APIRouter, study: Database, open_workshop: "Callable[[], AnalysisWorkshop]"
) -> None:
    def desk() -> "AnalysisLockDesk":
        from server.web.analysis_lock_desk import AnalysisLockDesk

        return AnalysisLockDesk(study, open_workshop())

    @router.get(ANALYSIS_LOCK_PATH)
    def show_lock(person: Person) -> HTMLResponse:
        return desk().show(person)

    @router.post(ANALYSIS_LOCK_PATH)
    async def lock(person: Person, request: Request) -> Response:
        fields = read_form(await read_short_body(request, MAX_FORM_BYTES), _MAX_FIELDS)
        return await run_in_threadpool(lambda: desk().take(person, fields))


def _add_runs(
    router: APIRouter, study: Database, open_workshop: "Callable[[], AnalysisWorkshop]"
) -> None:
    def desk() -> "AnalysisRunDesk":
        from server.web.analysis_run_desk import AnalysisRunDesk

        return AnalysisRunDesk(study, open_workshop())

    @router.get(ANALYSIS_RUN_PATH)
    def show_run(person: Person, run: str) -> HTMLResponse:
        return desk().show(person, run)

    @router.post(ANALYSIS_RUN_PATH)
    def read_check(person: Person, run: str) -> Response:
        return desk().read(person, run)

    @router.get(ANALYSIS_DOSE_PATH)
    def show_dose(person: Person, run: str) -> Response:
        return desk().show_dose(person, run)

    for path in (ANALYSIS_REPORT_PATH, ANALYSIS_PDF_PATH, ANALYSIS_RESULTS_PATH):
        _add_file(router, path, desk)


def _add_file(router: APIRouter, path: str, desk: "Callable[[], AnalysisRunDesk]") -> None:
    name = path.rpartition("/")[2]

    @router.get(path)
    def take(person: Person, run: str) -> Response:
        return desk().take(person, run, name)
