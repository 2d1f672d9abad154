"""Shows the four steps of an analysis, and begins a run."""

from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.analysis.runs.workshop import MAX_REPLICATES, AnalysisWorkshop
from server.analysis.study_data import find_basis
from server.db.database import Database
from server.errors import ConflictError, MethodError, RuleError
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.study.analysis_records import RecordKind, find_record, read_records
from server.study.sight import SIGHTS
from server.web.analysis_view import Sitter, Standing, name_run, view_analysis
from server.web.catalogue.spoken import t
from server.web.pages import make_page
from server.web.role_groups import ANALYSTS, LOCKERS

NOT_VALID: Final = 422
CONFLICT: Final = 409
MAX_REASON: Final = 500


def is_blinded(person: CurrentPerson) -> bool:
    """Whether she must not know who trains, until the lock."""
    return not SIGHTS[person.role].knows_arm


def sit_down(study: Database, person: CurrentPerson) -> Sitter:
    """What she may do here."""
    may_plan, may_lock = person.role in ANALYSTS, person.role in LOCKERS
    return Sitter(person.name, has_simulated_strap(study), may_plan, may_lock)


class AnalysisDesk:
    """Thread-safe."""

    def __init__(self, study: Database, workshop: AnalysisWorkshop) -> None:
        self._study = study
        self._workshop = workshop

    def show(self, person: CurrentPerson, refusal: str = "", status: int = 200) -> HTMLResponse:
        """The four steps."""
        with self._study.reading() as connection:
            plans = read_records(connection, RecordKind.PLAN)
            lock = find_record(connection, RecordKind.LOCK)
        blinded = is_blinded(person)
        standing = Standing(
            plans,
            lock,
            find_basis(self._study, is_blinded=blinded),
            self._workshop.list_shown(is_blinded=blinded),
        )
        return make_page(view_analysis(sit_down(self._study, person), standing, refusal), status)

    def begin(self, person: CurrentPerson) -> Response:
        """Run the plan in force, and on to the run's page; else the steps, with what is wrong."""
        try:
            run = self._workshop.begin(person.name, is_blinded=is_blinded(person))
        except RuleError:
            return self.show(person, t("Nothing was begun: put a plan in force first."), CONFLICT)
        except MethodError:
            return self.show(person, _tell_too_long(), CONFLICT)
        except ConflictError:
            return self.show(person, _tell_busy(), CONFLICT)
        return RedirectResponse(name_run(run), 303)


def _tell_busy() -> str:
    return t("Another analysis runs. Nothing was begun: wait until it is done, then again.")


def _tell_too_long() -> str:
    return t(
        "Nothing was begun: the plan asks for more than {n} permutations or bootstrap replicates,"
        " which would take the server's memory from tablets and gateways. 'doseline-server analyse'"
        " runs it apart from the server.",
        n=MAX_REPLICATES,
    )
