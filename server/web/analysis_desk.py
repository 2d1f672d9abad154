"""Shows the four steps of an analysis, puts a plan in force and begins a run."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.analysis.plan import PRIMARY_DOSE, AnalysisPlan
from server.analysis.plan_text import write_plan
from server.analysis.planning import put_in_force
from server.analysis.runs.workshop import MAX_REPLICATES, AnalysisWorkshop
from server.analysis.study_data import find_basis
from server.db.database import Database
from server.errors import ConflictError, MethodError, RuleError
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.study.analysis_records import AnalysisRecord, RecordKind, find_record, read_records
from server.study.measurement import TimePoint
from server.study.recorded import read_measurements, read_samples
from server.study.sight import SIGHTS
from server.web.analysis_form import fill_form, read_plan_form
from server.web.analysis_plan_view import Counts, view_plan_form
from server.web.analysis_view import Sitter, Standing, name_run, view_analysis
from server.web.analysis_words import t
from server.web.pages import make_page
from server.web.policy import ANALYSIS_PATH, ANALYSTS, LOCKERS
from server.web.uploaded_file import FileForm

NOT_VALID: Final = 422
CONFLICT: Final = 409
MAX_REASON: Final = 500
# A form that nothing was planned for yet: numbers as of a plan that doesn't say them, and the dose
# that the study's design names.
_NEW: Final = {
    name: value
    for name, value in fill_form(AnalysisPlan(outcomes=("bdnf",), dose=PRIMARY_DOSE)).items()
    if name != "outcomes.bdnf"
}


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

    def show_plan(
        self,
        person: CurrentPerson,
        typed: Mapping[str, str] | None = None,
        refusal: str = "",
        status: int = 200,
    ) -> HTMLResponse:
        """The form, as it was typed or as the plan in force has it."""
        with self._study.reading() as connection:
            record = find_record(connection, RecordKind.PLAN)
            lock = find_record(connection, RecordKind.LOCK)
        closed = _tell_closed(lock, may_plan=person.role in ANALYSTS)
        held = _NEW if record is None else fill_form(AnalysisPlan.from_toml(record.content))
        page = view_plan_form(
            sit_down(self._study, person),
            self._count(person),
            held if typed is None else typed,
            _number(record),
            closed,
            refusal,
        )
        return make_page(page, status)

    def plan_by_form(self, person: CurrentPerson, fields: Mapping[str, str]) -> Response:
        """Put what was chosen in force; else the form as it was typed, with what is wrong."""
        try:
            text = write_plan(read_plan_form(fields))
        except MethodError as error:
            return self.show_plan(person, fields, _tell_no_plan(str(error)), NOT_VALID)
        return self._put_in_force(person, text, fields, fields)

    def plan_by_file(self, person: CurrentPerson, form: FileForm) -> Response:
        """Put an uploaded PLAN.toml in force; else the form, with what is wrong."""
        try:
            text = (form.content or b"").decode("utf-8")
        except UnicodeDecodeError:
            said = _tell_no_plan(t("the file is no text in UTF-8"))
            return self.show_plan(person, None, said, NOT_VALID)
        return self._put_in_force(person, text, form.fields, None)

    def _put_in_force(
        self,
        person: CurrentPerson,
        text: str,
        fields: Mapping[str, str],
        typed: Mapping[str, str] | None,
    ) -> Response:
        with self._study.reading() as connection:
            number = _number(find_record(connection, RecordKind.PLAN))
        if fields.get("seen") != str(number):
            return self.show_plan(person, typed, _tell_changed(), CONFLICT)
        reason = fields.get("reason", "").strip()[:MAX_REASON]
        try:
            put_in_force(self._study, text, reason or None, person.name)
        except MethodError as error:
            return self.show_plan(person, typed, _tell_no_plan(str(error)), NOT_VALID)
        except RuleError:
            return self.show_plan(person, typed, _tell_no_reason(), NOT_VALID)
        except ConflictError:
            return self.show_plan(person, None, "", CONFLICT)
        return RedirectResponse(ANALYSIS_PATH, 303)

    def _count(self, person: CurrentPerson) -> Counts:
        """Of what she sees, how much there is."""
        with self._study.reading() as connection:
            measured = [
                one
                for one in read_measurements(connection, with_unentered=not is_blinded(person))
                if one.time_point is TimePoint.BASELINE
            ]
            samples = read_samples(connection)
        numbers = Counter(
            name
            for one in measured
            for name, answer in one.answers.items()
            if answer.number is not None
        )
        found = Counter((one.key.analyte, one.key.matrix) for one in samples
                        if one.value_pg_ml is not None)  # fmt: skip
        return Counts(len(measured), numbers, found)


def _number(record: AnalysisRecord | None) -> int:
    return 0 if record is None else record.number


def _tell_busy() -> str:
    return t("Another analysis runs. Nothing was begun: wait until it is done, then again.")


def _tell_too_long() -> str:
    return t(
        "Nothing was begun: the plan asks for more than {n} permutations or bootstrap replicates,"
        " which would take the server's memory from tablets and gateways. 'doseline-server analyse'"
        " runs it on any machine that has the data directory.",
        n=MAX_REPLICATES,
    )


def _tell_closed(lock: AnalysisRecord | None, *, may_plan: bool) -> str:
    if lock is not None:
        return t(
            "The data are locked, so the plan stays as it is. What is run otherwise now is a"
            " departure: 'doseline-server analyse --plan' runs it, and its report says so."
        )
    if not may_plan:
        return t("A researcher or a statistician puts a plan in force.")
    return ""


def _tell_no_plan(said: str) -> str:
    return t("Nothing was put in force: {said}.", said=said.rstrip("."))


def _tell_no_reason() -> str:
    return t("Nothing was put in force. This replaces the plan in force: say why.")


def _tell_changed() -> str:
    return t(
        "Nothing was put in force: another plan came into force meanwhile. Look at it, then decide"
        " again."
    )
