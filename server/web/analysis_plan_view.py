"""The form of a plan, with what the study's own columns let choose. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.analysis.study_columns import CATEGORIES, DOSES, OUTCOMES
from server.analysis.study_columns import NUMBERS as COLUMNS
from server.analysis.study_doses import ATTENDANCE
from server.dose.course.metrics import COURSE_METRICS
from server.study.fields.drawn import ANALYTES, MATRICES
from server.study.fields.measured import MEASURED_BY_NAME
from server.web.analysis_context import AnalysisPlanContext, ChoiceList, Fact
from server.web.analysis_form import NUMBERS, list_chosen, name_box, order_choices
from server.web.analysis_view import Sitter
from server.web.catalogue.spoken import as_it_is, current_language, t
from server.web.export_context import Choosable
from server.web.unit_words import tell_unit

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many participants have a number: by analyte and matrix before and after, by column."""

    n: int
    measured: Mapping[str, int]
    found: Mapping[tuple[str, str], int]


def view_plan_form(
    sitter: Sitter, counts: Counts, fields: Fields, seen: int, closed: str, refusal: str
) -> AnalysisPlanContext:
    """As it was typed; where nothing was, as the plan in force has it."""
    return AnalysisPlanContext(
        language=current_language(),
        name=sitter.name,
        is_simulated=sitter.is_simulated,
        refusal=refusal,
        closed=closed,
        seen=seen,
        doses=[
            Choosable("", t("none"), not fields.get("dose")),
            *(Choosable(one, _tell_dose(one), fields.get("dose") == one) for one in DOSES),
        ],
        matrices=[
            Choosable("", t("either"), not fields.get("matrix")),
            *(Choosable(one, t(MATRICES[one]), fields.get("matrix") == one) for one in MATRICES),
        ],
        dose_sessions=_choose(
            fields,
            "dose_sessions",
            {
                "complete": t("give no dose to the course"),
                "prorated": t("count like the others of their week"),
            },
        ),
        attendances=_choose(
            fields,
            "attendance",
            {
                "": t("nothing"),
                ATTENDANCE: t("per protocol, and the effect among compliers"),
            },
        ),
        lists=_list_lists(counts, fields),
        numbers=[Fact(name, fields.get(name, "")) for name in NUMBERS],
        replaces=seen > 0,
        reason=fields.get("reason", ""),
    )


def _choose(fields: Fields, name: str, known: Mapping[str, str]) -> list[Choosable]:
    return [Choosable(one, told, fields.get(name, "") == one) for one, told in known.items()]


def _list_lists(counts: Counts, fields: Fields) -> list[ChoiceList]:
    def boxes(listed: str, known: Sequence[str], tell: Mapping[str, str]) -> list[Choosable]:
        chosen = list_chosen(fields, listed)
        return [
            Choosable(name_box(listed, one), tell.get(one, one), one in chosen)
            for one in order_choices(chosen, known)
        ]

    outcomes = {one: _tell_outcome(one, counts) for one in OUTCOMES}
    columns = {one: _tell_column(one, counts) for one in (*COLUMNS, *CATEGORIES)}
    doses = {one: _tell_dose(one) for one in DOSES}
    return [
        ChoiceList(
            t("Outcomes"),
            t("Co-primary: Holm's adjustment goes over all of them."),
            boxes("outcomes", OUTCOMES, outcomes),
        ),
        ChoiceList(
            t("Baseline columns"),
            t("Of the table that compares the arms before the training."),
            boxes("baseline", COLUMNS, columns),
        ),
        ChoiceList(
            t("Baseline columns of words"),
            t("Counted in the same table, with a standardised difference and no test."),
            boxes("baseline_categories", CATEGORIES, columns),
        ),
        ChoiceList(
            t("Confounders of the dose"),
            t("The dose's slope is adjusted for them, beside the outcome at baseline."),
            boxes("confounders", COLUMNS, columns),
        ),
        ChoiceList(
            t("Sensitivity doses"),
            t("Told beside the dose that is named in advance, never in its place."),
            boxes("dose_sensitivity", DOSES, doses),
        ),
    ]


def _tell_outcome(name: str, counts: Counts) -> str:
    told = [
        t("{matrix} {n}", matrix=t(MATRICES[matrix]), n=n)
        for matrix in MATRICES
        if (n := counts.found.get((name, matrix), 0))
    ]
    found = ", ".join(told) or t("none yet")
    return t("{label} (concentrations: {found})", label=t(ANALYTES[name].label), found=found)


def _tell_column(name: str, counts: Counts) -> str:
    field = MEASURED_BY_NAME[name]
    what = t(field.label)
    if field.unit:
        what = t("{what}, {unit}", what=what, unit=tell_unit(field.unit))
    return t("{what} ({n} of {all})", what=what, n=counts.measured.get(name, 0), all=counts.n)


def _tell_dose(name: str) -> str:
    metric = COURSE_METRICS[name]
    told = t("{name}: {formula} ({unit})", name=name, formula=metric.formula, unit=metric.unit)
    return as_it_is(told)
