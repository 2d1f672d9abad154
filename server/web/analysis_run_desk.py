"""Shows one run, its summary check first, and gives its report to whoever has read that."""

from typing import Final

from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from server.analysis.report.files import HTML, PDF, RESULTS
from server.analysis.runs.workshop import AnalysisWorkshop
from server.db.database import Database
from server.errors import RuleError
from server.people.current import CurrentPerson
from server.web.analysis_desk import is_blinded, sit_down
from server.web.analysis_dose_view import view_dose
from server.web.analysis_run_view import view_run
from server.web.analysis_view import name_run
from server.web.pages import make_page

WAIT_S: Final = 0.7  # a page waits a moment for its run, not longer
_SEE_OTHER: Final = 303
_KINDS: Final = {HTML: "text/html", PDF: "application/pdf", RESULTS: "application/json"}


class AnalysisRunDesk:
    """Thread-safe. Raises NotFoundError for a run that she isn't shown."""

    def __init__(self, study: Database, workshop: AnalysisWorkshop) -> None:
        self._study = study
        self._workshop = workshop

    def show(self, person: CurrentPerson, run_id: str) -> HTMLResponse:
        """How far it is; then its check, and then the ways to its report."""
        run = self._workshop.find(run_id, is_blinded=is_blinded(person), wait_s=WAIT_S)
        return make_page(view_run(sit_down(self._study, person), run))

    def read(self, person: CurrentPerson, run_id: str) -> Response:
        """She has read the check; of a run that has none yet its page."""
        blinded = is_blinded(person)
        path = name_run(self._workshop.find(run_id, is_blinded=blinded))
        try:
            self._workshop.read(person.name, run_id, is_blinded=blinded)
        except RuleError:
            return RedirectResponse(path, _SEE_OTHER)
        return RedirectResponse(f"{path}#report", _SEE_OTHER)

    def show_dose(self, person: CurrentPerson, run_id: str) -> Response:
        """Dose and response, once the check was read; else the page of the run."""
        run = self._workshop.find(run_id, is_blinded=is_blinded(person))
        if run.made is None or person.name not in run.read_by:
            return RedirectResponse(name_run(run), _SEE_OTHER)
        return make_page(view_dose(sit_down(self._study, person), run, run.made))

    def take(self, person: CurrentPerson, run_id: str, name: str) -> Response:
        """A file of its report, once the check was read; else the page of the run."""
        blinded = is_blinded(person)
        try:
            path = self._workshop.take(person.name, run_id, name, is_blinded=blinded)
        except RuleError:
            run = self._workshop.find(run_id, is_blinded=blinded)
            return RedirectResponse(name_run(run), _SEE_OTHER)
        return FileResponse(
            path,
            media_type=_KINDS[name],
            filename=name,
            content_disposition_type="inline" if name == HTML else "attachment",
            headers={"Cache-Control": "no-store"},
        )
