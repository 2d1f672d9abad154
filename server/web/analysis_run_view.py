"""The pages of one run from what the workshop knows of it. Pure."""

from server.analysis.methods.dose_response.result import DoseResponse, Method, Role
from server.analysis.methods.power.planning import Power
from server.analysis.report.number_words import write_interval, write_number, write_p
from server.analysis.runs.run import Made, Run
from server.analysis.study_data import Basis
from server.analysis.summary_check.finding import Finding, Verdict
from server.web.analysis_context import (
    AnalysisDoseContext,
    AnalysisRunContext,
    CheckRow,
    DoseRow,
    Fact,
    PowerRow,
)
from server.web.analysis_view import Sitter, name_run
from server.web.analysis_words import (
    t,
    tell_acknowledge,
    tell_check,
    tell_data,
    tell_failure,
    tell_finding,
    tell_run,
    tell_stage,
    tell_step,
    tell_verdict,
)
from server.web.contexts import Link
from server.web.pages import LANGUAGE

_NS_PER_S = 1_000_000_000


def view_run(sitter: Sitter, run: Run) -> AnalysisRunContext:
    """Links to its report only for who has read its summary check."""
    made, path = run.made, name_run(run)
    findings = () if made is None else made.findings
    has_read = sitter.name in run.read_by
    return AnalysisRunContext(
        language=LANGUAGE,
        name=sitter.name,
        is_simulated=sitter.is_simulated,
        title=tell_run(run),
        path=path,
        data=tell_data(run.basis if made is None else made.basis),
        standing=tell_stage(run),
        failure="" if run.failure is None else tell_failure(run.failure, _tell_where(run)),
        is_running=run.is_running,
        n_done=max(0, len(run.steps) - run.is_running),
        n_steps=run.n_steps,
        log=_list_log(run),
        check="" if made is None else tell_check(made),
        wrong=[_view_finding(one) for one in findings if one.verdict is not Verdict.CONSISTENT],
        agreeing=[_view_finding(one) for one in findings if one.verdict is Verdict.CONSISTENT],
        acknowledge="" if made is None or has_read else tell_acknowledge(made),
        links=_list_links(path) if made is not None and has_read else [],
        facts=[] if made is None else _list_facts(made),
        refused=[] if made is None else _list_refused(made),
    )


def view_dose(sitter: Sitter, run: Run, made: Made) -> AnalysisDoseContext:
    """The warning, what n can show, and only then what was found."""
    return AnalysisDoseContext(
        language=LANGUAGE,
        name=sitter.name,
        is_simulated=sitter.is_simulated,
        run_path=name_run(run),
        data=tell_data(made.basis),
        warnings=_list_warnings(made),
        powers=[_view_power(one) for one in made.dose_power],
        slopes=[_tell_slope(one) for one in made.doses if _is_named_slope(one)],
        empty=_tell_no_dose(made),
        rows=[_view_dose(one) for one in made.doses],
        notes=list(dict.fromkeys(note for one in made.doses for note in one.notes)),
    )


def _tell_where(run: Run) -> str:
    last = run.steps[-1] if run.steps else None
    return t("the beginning") if last is None else tell_step(last.analysis, last.outcome)


def _list_log(run: Run) -> list[str]:
    """Each step with the seconds since the beginning."""
    told = []
    for one in run.steps:
        since = f"{(one.began_wall_ns - run.began_wall_ns) / _NS_PER_S:.1f}"
        what = tell_step(one.analysis, one.outcome)
        told.append(t("{since} s: {what}", since=since, what=what))
    return told


def _view_finding(one: Finding) -> CheckRow:
    return CheckRow(tell_finding(one), one.claim, tell_verdict(one.verdict), one.explanation)


def _list_links(path: str) -> list[Link]:
    return [
        Link(f"{path}/report.html", t("Open the report")),
        Link(f"{path}/report.pdf", t("Take it as PDF")),
        Link(f"{path}/results.json", t("Take the numbers (JSON)")),
        Link(f"{path}/dose", t("Dose and response")),
    ]


def _list_facts(made: Made) -> list[Fact]:
    n = t("{training} in training, {control} in control",
          training=made.n_training, control=made.n_control)  # fmt: skip
    versions = ", ".join(f"{name} {version}" for name, version in sorted(made.versions.items()))
    return [
        Fact(t("Participants"), n),
        Fact(t("Seed"), str(made.seed)),
        Fact(t("Results"), str(made.n_results)),
        Fact(t("Versions"), versions),
        Fact(t("SHA-256 of what was run"), made.plan_sha256, is_code=True),
        Fact(t("SHA-256 of codes, arms and numbers"), made.data_sha256, is_code=True),
        *([Fact(t("SHA-256 of the data lock"), made.lock_sha256, is_code=True)]
          if made.lock_sha256 else []),
    ]  # fmt: skip


def _list_refused(made: Made) -> list[str]:
    return [
        t("{what}: {why}", what=tell_step(one.analysis, one.outcome), why=one.why)
        for one in made.refusals
    ]


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
    interval = write_interval(one.ci95)
    if one.ci95_bootstrap is not None:
        again = write_interval(one.ci95_bootstrap)
        interval = t("{interval}; bootstrap {again}", interval=interval, again=again)
    return DoseRow(
        outcome=str(one.outcome),
        dose=f"{one.dose}{role}",
        method=f"{method}{beside}",
        n=str(one.n),
        smallest=write_number(one.smallest_shown),
        estimate=write_number(one.estimate),
        interval=interval,
        p=write_p(one.p),
    )
