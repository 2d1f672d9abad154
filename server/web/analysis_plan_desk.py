"""Shows the form of a plan, and puts what is chosen or uploaded in force."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.analysis.plan import PRIMARY_DOSE, AnalysisPlan
from server.analysis.plan_text import write_plan
from server.analysis.planning import put_in_force
from server.db.database import Database
from server.errors import ConflictError, MethodError, RuleError
from server.people.current import CurrentPerson
from server.study.analysis_records import AnalysisRecord, RecordKind, find_record
from server.study.measurement import TimePoint
from server.study.recorded import read_measurements, read_samples
from server.web.analysis_desk import CONFLICT, MAX_REASON, NOT_VALID, is_blinded, sit_down
from server.web.analysis_form import fill_form, read_plan_form
from server.web.analysis_plan_view import Counts, view_plan_form
from server.web.catalogue.spoken import t
from server.web.pages import make_page
from server.web.paths import ANALYSIS_PATH
from server.web.role_groups import ANALYSTS
from server.web.uploaded_file import FileForm

# A form that nothing was planned for yet: numbers as of a plan that doesn't say them, and the dose
# that the study's design names.
_NEW: Final = {
    name: value
    for name, value in fill_form(AnalysisPlan(outcomes=("bdnf",), dose=PRIMARY_DOSE)).items()
    if name != "outcomes.bdnf"
}


class AnalysisPlanDesk:
    """Thread-safe."""

    def __init__(self, study: Database) -> None:
        self._study = study

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
        reason = fields.get("reason", "").strip()
        if len(reason) > MAX_REASON:
            return self.show_plan(person, typed, _tell_no_reason(), NOT_VALID)
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
            if answer.value is not None
        )
        found = Counter((one.key.analyte, one.key.matrix) for one in samples
                        if one.value_pg_ml is not None)  # fmt: skip
        return Counts(len(measured), numbers, found)


def _number(record: AnalysisRecord | None) -> int:
    return 0 if record is None else record.number


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
    return t(
        "Nothing was put in force. This replaces the plan in force: say why, in up to 500"
        " characters."
    )


def _tell_changed() -> str:
    return t(
        "Nothing was put in force: another plan came into force meanwhile. Look at it, then decide"
        " again."
    )
