"""What an analysis is, in the words of pages."""

from typing import Final

from server.analysis.runs.run import READING, WRITING, Failure, Made, Run, Stage, Trouble
from server.analysis.study_data import Basis
from server.analysis.summary_check.finding import Finding, Verdict
from server.web.catalogue.spoken import Wording, t
from server.web.shown_moment import show_wall_ns

_STEPS: Final = Wording(
    lambda: {
        READING: t("The study's data are read"),
        WRITING: t("The report is written"),
        "independent_t": t("Baseline columns compared"),
        "ancova": t("Analysis of covariance"),
        "mixed_anova": t("Mixed analysis of variance"),
        "hedges_g": t("Effect size, Hedges g"),
        "normality": t("Normality"),
        "variance_homogeneity": t("Equal variances"),
        "box_m": t("Equal covariances"),
        "welch_t": t("Welch's t"),
        "mann_whitney": t("Mann-Whitney"),
        "permutation": t("Permutations"),
        "bootstrap": t("Bootstrap"),
        "mixed_model": t("Mixed model"),
        "missing_pattern": t("What is missing"),
        "tipping_point": t("Tipping point"),
        "dose_response": t("Dose and response"),
        "power": t("What this size can show"),
    }
)
_VERDICTS: Final = Wording(
    lambda: {
        Verdict.CONSISTENT: t("agrees"),
        Verdict.LOOK_AT: t("look at how it came about"),
        Verdict.INCONSISTENT: t("doesn't go with the others"),
        Verdict.IMPOSSIBLE: t("impossible"),
    }
)


def tell_moment(wall_ns: int) -> str:
    """To the minute, by the study's clock."""
    return show_wall_ns(wall_ns)


def tell_by(name: str, wall_ns: int) -> str:
    """Who, and when."""
    return t("{name}, {at}", name=name, at=tell_moment(wall_ns))


def tell_step(analysis: str, outcome: str | None) -> str:
    """A line of the log."""
    what = _STEPS.get(analysis, analysis.replace("_", " "))
    return what if outcome is None else t("{outcome}: {what}", outcome=outcome, what=what)


def tell_verdict(verdict: Verdict) -> str:
    """Of one finding."""
    return _VERDICTS[verdict]


def tell_finding(finding: Finding) -> str:
    """Which number of which outcome it is about."""
    return t("{outcome}: {what}", outcome=finding.measure, what=finding.term.replace("_", " "))


def tell_data(basis: Basis) -> str:
    """Which of the three a run is of, and what follows."""
    return {
        Basis.REHEARSAL: t(
            "Blinded data: the data aren't locked yet, so arms are dealt anew by chance, and doses"
            " and every picture of single participants are left out. No number is a result."
        ),
        Basis.SIMULATED: t(
            "Simulated data: every strap of this study is a simulated one, so nobody stands behind"
            " these numbers. The data aren't locked yet."
        ),
        Basis.LOCKED: t("Locked data: everybody's own arm, as it was when they were locked."),
    }[basis]


def tell_stage(run: Run) -> str:
    """How a run stands."""
    if run.stage is Stage.FAILED:
        return t("Failed")
    if run.stage is Stage.RUNNING:
        return t("Running…")
    return t("Done. It is removed after a day, and when the server starts again.")


def tell_run(run: Run) -> str:
    """A run in a line."""
    basis = run.basis if run.made is None else run.made.basis
    kind = {
        Basis.REHEARSAL: t("Blinded data"),
        Basis.SIMULATED: t("Simulated data"),
        Basis.LOCKED: t("Locked data"),
    }[basis]
    standing = {
        Stage.RUNNING: t("running"),
        Stage.READY: t("done"),
        Stage.FAILED: t("failed"),
    }[run.stage]
    return t(
        "{kind}, {by}: {standing}",
        kind=kind,
        by=tell_by(run.person, run.began_wall_ns),
        standing=standing,
    )


def tell_failure(failure: Failure, where: str) -> str:
    """What happened, where, what is safe, what to do."""
    safe = t("Nothing was kept of it, and the study is as it was.")
    return f"{_tell_what(failure, where)} {safe} {_tell_way_out(failure.trouble)}"


def _tell_what(failure: Failure, where: str) -> str:
    if failure.trouble is Trouble.DISK:
        return t("The disk didn't take it, at “{where}”: {said}.", where=where, said=failure.said)
    return t("It stopped at “{where}”: {said}.", where=where, said=failure.said)


def _tell_way_out(trouble: Trouble) -> str:
    return {
        Trouble.DATA: t("Put the data or the plan right, then run it again."),
        Trouble.DOSE: t("Look in the server's log for the reason, then run it again."),
        Trouble.DISK: t("Make room on the server's disk, then run it again."),
        Trouble.OTHER: t(
            "Run it again; if it stops once more, tell whoever looks after the server."
        ),
    }[trouble]


def tell_check(made: Made) -> str:
    """What the summary check of the report's own tables says, as the sentence to be read."""
    n, wrong = len(made.findings), len(made.contradictions)
    if not n:
        return t("This report prints no F, so there is nothing of it to check.")
    if wrong:
        return t(
            "F and means don't agree: {wrong} of {n} checks. Don't use this report, and tell"
            " whoever keeps the program.",
            wrong=wrong,
            n=n,
        )
    return t("F and means agree ✓ {n} checks over all roundings, none against it.", n=n)


def tell_acknowledge(made: Made) -> str:
    """On the key that shows the report."""
    if made.contradictions:
        return t("I have read what doesn't agree: show the report")
    return t("I have read the check: show the report")
