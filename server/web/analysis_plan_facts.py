"""A plan in force as facts to read. Pure."""

from server.analysis.plan import AnalysisPlan
from server.study.analysis_records import AnalysisRecord
from server.web.analysis_context import Fact
from server.web.analysis_words import tell_by
from server.web.catalogue.spoken import t

DASH = "\N{EM DASH}"


def list_plan_facts(record: AnalysisRecord) -> list[Fact]:
    """What a plan says, with who put it in force and when."""
    plan = AnalysisPlan.from_toml(record.content)
    return [
        Fact(t("Outcomes, co-primary"), ", ".join(plan.outcomes)),
        Fact(t("Matrix"), plan.matrix or t("either, whichever was measured")),
        Fact(t("Dose named in advance"), plan.dose or t("none")),
        Fact(t("Sensitivity doses"), ", ".join(plan.dose_sensitivity) or DASH),
        Fact(t("Confounders"), ", ".join(plan.confounders) or DASH),
        Fact(t("Sessions without a number"), _tell_sessions(plan)),
        Fact(t("Attendance"), _tell_attendance(plan)),
        Fact(t("Baseline columns"), ", ".join(plan.baseline_columns) or DASH),
        Fact(t("Alpha"), f"{plan.alpha:g}"),
        Fact(t("Permutations, bootstrap"), f"{plan.permutations}, {plan.bootstrap}"),
        Fact(t("Seed"), str(plan.seed)),
        Fact(t("Put in force by"), tell_by(record.recorded_by, record.recorded_wall_ns)),
        *([Fact(t("Why it replaced the one before"), record.reason)] if record.reason else []),
        Fact(t("SHA-256"), record.sha256, is_code=True),
    ]


def _tell_sessions(plan: AnalysisPlan) -> str:
    if plan.dose_sessions == "prorated":
        return t("count like the others of their week")
    return t("give no dose to the course")


def _tell_attendance(plan: AnalysisPlan) -> str:
    if plan.attendance is None:
        return DASH
    return t("{name} of {n}", name=plan.attendance, n=plan.sessions_planned)
