"""The page of one run from what the workshop knows of it. Pure."""

from server.analysis.runs.run import Made, Run
from server.analysis.summary_check.finding import Finding
from server.web.analysis_context import Fact
from server.web.analysis_run_context import AnalysisRunContext, CheckRow
from server.web.analysis_view import Sitter, name_run
from server.web.analysis_words import (
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
from server.web.catalogue.spoken import current_language, t
from server.web.contexts import Link

_NS_PER_S = 1_000_000_000


def view_run(sitter: Sitter, run: Run) -> AnalysisRunContext:
    """Links to its report only for who has read its summary check."""
    made, path = run.made, name_run(run)
    findings = () if made is None else made.findings
    has_read = sitter.name in run.read_by
    return AnalysisRunContext(
        language=current_language(),
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
        wrong=[_view_finding(one) for one in findings if one.verdict.is_against],
        agreeing=[_view_finding(one) for one in findings if not one.verdict.is_against],
        acknowledge="" if made is None or has_read else tell_acknowledge(made),
        links=_list_links(path) if made is not None and has_read else [],
        facts=[] if made is None else _list_facts(made),
        refused=[] if made is None else _list_refused(made),
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
