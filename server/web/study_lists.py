"""Shows everybody, and everything that was found in blood; and takes files of both."""

from typing import Any, Final

from starlette.responses import HTMLResponse

from server.errors import ConflictError
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.study.bringing import ReadRows, bring_file
from server.study.fields.drawn import (
    ANALYTES,
    ASSAYED,
    ASSAYED_BY_NAME,
    DRAWN,
    DRAWN_BY_NAME,
    MATRICES,
)
from server.study.fields.measured import MEASURED
from server.study.import_rows import read_measurement_rows, read_sample_rows
from server.study.measurement import TimePoint
from server.study.participant import Arm, Participant
from server.study.recorded import Measurement, Sample
from server.study.service import Recorded, StudyService, count_answered
from server.study.sight import SIGHTS, Sight
from server.study.trouble import AnswersRefusedError
from server.web.catalogue.spoken import current_language, t
from server.web.pages import make_page
from server.web.study_context import Cell, FileReport, ListRow, StudyListContext
from server.web.study_view import view_refusal, view_report
from server.web.study_words import tell_answer, tell_time_point
from server.web.uploaded_file import FileForm

_NOT_VALID: Final = 422
MEASUREMENT_COLUMNS: Final = "participant,time_point,age_y,height_cm,weight_kg,edss,…"
SAMPLE_COLUMNS: Final = "participant,time_point,analyte,matrix,value,unit,drawn_at,plate,…"


class StudyLists:
    """Thread-safe. What it shows and takes is what a role may see and enter."""

    def __init__(self, service: StudyService) -> None:
        self._service = service

    def show_participants(
        self, person: CurrentPerson, report: FileReport | None = None, reason: str = ""
    ) -> HTMLResponse:
        """Everybody by code, with how much was measured of her."""
        sight = SIGHTS[person.role]
        recorded = self._service.read(sight)
        arm = [t("Arm")] if sight.knows_arm else []
        context = StudyListContext(
            **self._frame(person, report, reason),
            title=t("Participants"),
            summary=t("{n} in the study", n=len(recorded.people)),
            empty="" if recorded.people else _tell_nobody(),
            columns=[t("Participant"), *arm, *map(tell_time_point, TimePoint)],
            rows=[_view_participant(one, recorded, sight) for one in recorded.people],
            more_title="",
            more_columns=[],
            more_rows=[],
            may_enter=bool(sight.list_entered(MEASURED)),
            path="/participants",
            example=MEASUREMENT_COLUMNS,
        )
        return make_page(context, _choose_status(report))

    def show_samples(
        self, person: CurrentPerson, report: FileReport | None = None, reason: str = ""
    ) -> HTMLResponse:
        """Everybody's draws, and below them what was found."""
        sight = SIGHTS[person.role]
        recorded = self._service.read(sight)
        reads_assays = bool(sight.list_read(ASSAYED))
        context = StudyListContext(
            **self._frame(person, report, reason),
            title=t("Samples"),
            summary=t("Results: {n}", n=len(recorded.samples)) if reads_assays else "",
            empty="" if recorded.people else _tell_nobody(),
            columns=[t("Participant"), *map(tell_time_point, TimePoint)],
            rows=[_view_draws(one, recorded) for one in recorded.people],
            more_title=t("Results") if reads_assays and recorded.samples else "",
            more_columns=[t("Sample"), t("Concentration"), t("Drawn at"), t("Plate"), t("Flags")],
            more_rows=[_view_sample(one) for one in recorded.samples] if reads_assays else [],
            may_enter=bool(sight.list_entered(DRAWN, ASSAYED)),
            path="/samples",
            example=SAMPLE_COLUMNS,
        )
        return make_page(context, _choose_status(report))

    def take_measurements(self, person: CurrentPerson, form: FileForm) -> HTMLResponse:
        """A file of measurements: all of it, or what is wrong with it."""
        allowed = SIGHTS[person.role].list_entered(MEASURED)
        report = self._take(person, form, lambda table: read_measurement_rows(table, allowed))
        return self.show_participants(person, report, form.fields.get("reason", ""))

    def take_samples(self, person: CurrentPerson, form: FileForm) -> HTMLResponse:
        """A file of samples: all of it, or what is wrong with it."""
        allowed = SIGHTS[person.role].list_entered(DRAWN, ASSAYED)
        report = self._take(person, form, lambda table: read_sample_rows(table, allowed))
        return self.show_samples(person, report, form.fields.get("reason", ""))

    def _take(self, person: CurrentPerson, form: FileForm, read_rows: ReadRows) -> FileReport:
        if not form.content:
            return FileReport(t("Choose a file first."), is_refused=True, lines=[])
        is_check = bool(form.fields.get("check"))
        recorder = self._service.recorder(person.name)
        reason = form.fields.get("reason")
        try:
            with (
                self._service.database.writing() as connection,
                connection.begin_nested() as step,
            ):
                brought = bring_file(connection, form.content, read_rows, recorder, reason)
                if is_check:
                    step.rollback()
        except AnswersRefusedError as error:
            return view_refusal(error.troubles)
        except ConflictError:
            return FileReport(t("Nothing was stored. Try again."), is_refused=True, lines=[])
        return view_report(brought, is_check=is_check)

    def _frame(
        self, person: CurrentPerson, report: FileReport | None, reason: str
    ) -> dict[str, Any]:
        is_refused = report is not None and report.is_refused
        return {
            "language": current_language(),
            "name": person.name,
            "is_simulated": has_simulated_strap(self._service.database),
            "report": report,
            "file_reason": reason if is_refused else "",
        }


def _choose_status(report: FileReport | None) -> int:
    return _NOT_VALID if report is not None and report.is_refused else 200


def _tell_nobody() -> str:
    return t("Nobody is in the study yet. Add people with 'doseline-server participants add'.")


def _view_participant(one: Participant, recorded: Recorded, sight: Sight) -> ListRow:
    arms = {Arm.TRAINING: t("training"), Arm.CONTROL: t("control")}
    arm = [Cell(arms[one.arm])] if sight.knows_arm else []
    hers = {m.time_point: m for m in recorded.measurements if m.code == one.code}
    n_fields = len(sight.list_read(MEASURED))
    cells = [_view_count(hers[point], sight, n_fields) for point in TimePoint]
    head = f"{one.code} {one.sign}" if sight.knows_arm else one.code
    return ListRow(Cell(head), [*arm, *cells])


def _view_count(one: Measurement, sight: Sight, n_fields: int) -> Cell:
    text = t("{n} of {all}", n=count_answered(one.answers, sight), all=n_fields)
    label = t("{code}, {when}: {n}", code=one.code, when=tell_time_point(one.time_point), n=text)
    return Cell(text, f"/participants/{one.code}?at={one.time_point.value}", label)


def _view_draws(one: Participant, recorded: Recorded) -> ListRow:
    cells = []
    for point in TimePoint:
        draw = next(d for d in recorded.draws if (d.code, d.time_point) == (one.code, point))
        drawn = tell_answer(DRAWN_BY_NAME["drawn_at"], draw.answers["drawn_at"])
        drawn = drawn if draw.number else t("nothing yet")
        label = t("{code}, {when}: {n}", code=one.code, when=tell_time_point(point), n=drawn)
        cells.append(Cell(drawn, f"/samples/{one.code}/{point.value}", label))
    return ListRow(Cell(one.code), cells)


def _view_sample(one: Sample) -> ListRow:
    key = one.key
    fields = ("value", "unit", "plate", "flags")
    value, unit, plate, flags = (tell_answer(ASSAYED_BY_NAME[n], one.answers[n]) for n in fields)
    drawn = tell_answer(DRAWN_BY_NAME["drawn_at"], one.draw.answers["drawn_at"])
    name = t(
        "{code}, {when}: {analyte} in {matrix}",
        code=key.code,
        when=tell_time_point(key.time_point),
        analyte=t(ANALYTES[key.analyte].label),
        matrix=t(MATRICES[key.matrix]),
    )
    path = f"/samples/{key.code}/{key.time_point.value}?of={key.analyte}/{key.matrix}"
    shown = f"{value} {unit}" if one.answers["value"].value is not None else value
    return ListRow(Cell(name, path), [Cell(shown), Cell(drawn), Cell(plate), Cell(flags)])
