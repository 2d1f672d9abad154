"""Reads what the page of counted repetitions shows."""

from typing import Any

from starlette.responses import HTMLResponse

from server.db.database import Database
from server.dose.repetitions.agreement_report import ExerciseAgreement
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.projection.derived_study import DerivedStudy
from server.projection.repetition_report import read_agreement, tell_agreement
from server.projection.session_store import read_built
from server.web.derived_reading import PAGE_WAIT_S, date_standing
from server.web.pages import make_page
from server.web.repetitions_view import ReportFrame, view_report


class RepetitionsDesk:
    """Shows the page. Thread-safe; it writes nothing to the study."""

    def __init__(self, study: Database, derived: DerivedStudy) -> None:
        self._study = study
        self._derived = derived

    def show(self, person: CurrentPerson) -> HTMLResponse:
        """The report over all sessions, of as late as a moment's waiting gives."""
        standing = self._derived.catch_up(PAGE_WAIT_S)
        rows, built = self._read()
        is_simulated = has_simulated_strap(self._study)
        frame = ReportFrame(person.name, is_simulated, date_standing(standing, built))
        return make_page(view_report(rows, frame))

    def read_report(self) -> dict[str, Any]:
        """The same as JSON; `is_behind` while something is being worked out."""
        standing = self._derived.catch_up(PAGE_WAIT_S)
        rows, _ = self._read()
        is_simulated = has_simulated_strap(self._study)
        told = tell_agreement(rows)
        return {**told, "is_simulated": is_simulated, "is_behind": standing.is_behind}

    def _read(self) -> tuple[list[ExerciseAgreement], dict[str, int]]:
        with self._derived.derived.reading() as connection:
            return read_agreement(connection), read_built(connection)
