"""Dose and response of a run: what it can't tell, what n can show, then what was found. Pure."""

from server.analysis.methods.dose_response.linear import DoseSlope
from server.analysis.methods.dose_response.result import DoseResponse, Method, Role
from server.analysis.methods.power.planning import Power
from server.analysis.methods.result import write_percent
from server.analysis.report.number_words import write_interval, write_number, write_p
from server.analysis.runs.run import Made, Run
from server.analysis.study_data import Basis
from server.web.analysis_run_context import AnalysisDoseContext, DoseRow, PowerRow
from server.web.analysis_view import Sitter, name_run
from server.web.analysis_words import tell_data
from server.web.catalogue.spoken import current_language, t


def view_dose(sitter: Sitter, run: Run, made: Made) -> AnalysisDoseContext:
    """The warning, what n can show, and only then what was found."""
    percent = write_percent(round(1 - made.alpha, 15))
    return AnalysisDoseContext(
        language=current_language(),
        name=sitter.name,
        is_simulated=sitter.is_simulated,
        run_path=name_run(run),
        data=tell_data(made.basis),
        warnings=_list_warnings(made),
        powers=[_view_power(one) for one in made.dose_power],
        slopes=[_tell_slope(one) for one in made.doses if _is_named_slope(one)],
        empty=_tell_no_dose(made),
        interval_head=t("{percent} % interval", percent=percent),
        robust_head=t("{percent} % interval, HC3", percent=percent),
        rows=[_view_dose(one) for one in made.doses],
        notes=list(dict.fromkeys(note for one in made.doses for note in one.notes)),
        influences=[_tell_influence(one) for one in made.doses if isinstance(one, DoseSlope)],
    )


def _list_warnings(made: Made) -> list[str]:
    n = min((one.n for one in made.doses), default=made.n_training)
    return [
        t("n = {n}: only the training arm has a dose, and {n} participants are few.", n=n),
        t(
            "It can't tell that dose makes no difference: an interval that holds 0 holds slopes"
            " that matter as well."
        ),
        t(
            "It can't tell cause: doses weren't allocated by chance, and who trains more may be"
            " healthier. These are associations, exploratory at this size."
        ),
    ]


def _view_power(one: Power) -> PowerRow:
    if one.minimum_detectable is not None:
        r = f"{one.minimum_detectable:.2f}"
        return PowerRow(str(one.n), t("{r} or more", r=r), _tell_power(one.wanted_power))
    return PowerRow(str(one.n), f"{one.effect:.2f}", _tell_power(one.power))


def _tell_power(power: float | None) -> str:
    return t("{n} of 100 studies", n=round(100 * (power or 0.0)))


def _is_named_slope(one: DoseResponse) -> bool:
    return one.role is Role.NAMED and one.method is Method.LINEAR


def _tell_slope(one: DoseResponse) -> str:
    return t(
        "{outcome}: the smallest slope on {dose} that these {n} show with a power of 0.80 is"
        " {smallest} per unit of dose; the dose's SD is {sd}.",
        outcome=one.outcome,
        dose=one.dose,
        n=one.n,
        smallest=write_number(one.smallest_shown),
        sd=write_number(one.dose_sd),
    )


def _tell_influence(one: DoseSlope) -> str:
    """With codes, which stand on this page only and in no report."""
    found = one.influence
    return t(
        "{outcome}, slope on {dose}: without {lowest} it is {low}, without {highest} {high}; the"
        " largest Cook's distance is {cook}, of {code}.",
        outcome=one.outcome,
        dose=", ".join((one.dose, *one.adjusted_for[1:])),
        lowest=found.lowest_without,
        low=write_number(found.slope_lowest),
        highest=found.highest_without,
        high=write_number(found.slope_highest),
        cook=write_number(found.cook_largest),
        code=found.cook_code,
    )


def _tell_no_dose(made: Made) -> str:
    if made.doses:
        return ""
    if made.basis is Basis.REHEARSAL:
        return t("Blinded data have no dose: only who trains has one.")
    if made.dose is None:
        return t("The plan names no dose.")
    return t("No dose could be analysed; why stands on the page of the run.")


def _view_dose(one: DoseResponse) -> DoseRow:
    beside = t(", beside {names}", names=", ".join(one.adjusted_for)) if one.adjusted_for else ""
    method = t("slope") if one.method is Method.LINEAR else one.method.value.replace("_", " ")
    role = "" if one.role is Role.NAMED else t(" (sensitivity)")
    interval = write_interval(one.ci)
    if one.ci_bootstrap is not None:
        again = write_interval(one.ci_bootstrap)
        interval = t("{interval}; bootstrap {again}", interval=interval, again=again)
    return DoseRow(
        outcome=str(one.outcome),
        dose=f"{one.dose}{role}",
        method=f"{method}{beside}",
        n=str(one.n),
        smallest=write_number(one.smallest_shown),
        estimate=write_number(one.estimate),
        interval=interval,
        robust=write_interval(one.ci_hc3) if isinstance(one, DoseSlope) else "\u2013",
        p=write_p(one.p),
    )
