"""The page of the four steps, from what stands in the study. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.analysis.plan import AnalysisPlan
from server.analysis.runs.run import Run, Stage
from server.analysis.study_data import Basis
from server.study.analysis_records import AnalysisRecord
from server.web.analysis_context import AnalysisPageContext, Fact, PlanRow, StepCard
from server.web.analysis_words import tell_by, tell_data, tell_run
from server.web.catalogue.spoken import current_language, t
from server.web.contexts import Link
from server.web.paths import ANALYSIS_LOCK_PATH, ANALYSIS_PLAN_PATH, ANALYSIS_RUNS_PATH

DASH = "\N{EM DASH}"


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who looks, what she may do, and whether nobody stands behind the numbers."""

    name: str
    is_simulated: bool
    may_plan: bool
    may_lock: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Of the analysis: `plans` the oldest first, of which the last one is in force."""

    plans: Sequence[AnalysisRecord]
    lock: AnalysisRecord | None
    basis: Basis
    runs: Sequence[Run]

    @property
    def in_force(self) -> AnalysisRecord | None:
        return self.plans[-1] if self.plans else None


def view_analysis(sitter: Sitter, standing: Standing, refusal: str) -> AnalysisPageContext:
    """The newest of all lists first."""
    in_force = standing.in_force
    return AnalysisPageContext(
        language=current_language(),
        name=sitter.name,
        is_simulated=sitter.is_simulated,
        refusal=refusal,
        cards=[
            _view_plan_card(sitter, standing),
            _view_lock_card(sitter, standing),
            _view_run_card(standing),
            _view_report_card(sitter, standing),
        ],
        plan=[] if in_force is None else list_plan(in_force),
        plans=[_view_plan(one) for one in reversed(standing.plans[:-1])],
        lock=[] if standing.lock is None else _list_lock(standing.lock),
        data=tell_data(standing.basis),
        can_run=sitter.may_plan and in_force is not None,
        runs=[Link(name_run(one), tell_run(one)) for one in standing.runs],
    )


def name_run(run: Run) -> str:
    """The address of its page."""
    return f"{ANALYSIS_RUNS_PATH}/{run.id}"


def list_plan(record: AnalysisRecord) -> list[Fact]:
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


def _view_plan(record: AnalysisRecord) -> PlanRow:
    by = tell_by(record.recorded_by, record.recorded_wall_ns)
    return PlanRow(record.number, by, record.reason or DASH, record.sha256)


def _list_lock(lock: AnalysisRecord) -> list[Fact]:
    return [
        Fact(t("Locked by"), tell_by(lock.recorded_by, lock.recorded_wall_ns)),
        Fact(t("Reason"), lock.reason or DASH),
        Fact(t("SHA-256 of the data lock"), lock.sha256, is_code=True),
    ]


def _view_plan_card(sitter: Sitter, standing: Standing) -> StepCard:
    record = standing.in_force
    may = sitter.may_plan and standing.lock is None
    if record is None:
        link = Link(ANALYSIS_PLAN_PATH, t("Write the plan")) if may else None
        return StepCard("plan", t("Plan"), t("None is in force yet."), False, link)
    by = tell_by(record.recorded_by, record.recorded_wall_ns)
    said = t("In force: {by}. SHA-256 {start}…", by=by, start=record.sha256[:12])
    link = Link(ANALYSIS_PLAN_PATH, t("Replace the plan")) if may else None
    return StepCard("plan", t("Plan"), said, True, link)


def _view_lock_card(sitter: Sitter, standing: Standing) -> StepCard:
    title, lock = t("Data lock"), standing.lock
    if lock is not None:
        by = tell_by(lock.recorded_by, lock.recorded_wall_ns)
        said = t("Locked: {by}. SHA-256 {start}…", by=by, start=lock.sha256[:12])
        return StepCard("lock", title, said, True, None)
    if standing.in_force is None:
        return StepCard("lock", title, t("Needs a plan first."), False, None)
    words = t("Look and lock") if sitter.may_lock else t("Look at what would be locked")
    said = t("Not locked. It can't be undone.")
    return StepCard("lock", title, said, False, Link(ANALYSIS_LOCK_PATH, words))


def _view_run_card(standing: Standing) -> StepCard:
    title = t("Run")
    if standing.in_force is None:
        return StepCard("run", title, t("Needs a plan first."), False, None)
    if not standing.runs:
        return StepCard("run", title, t("Not run yet."), False, None)
    newest = standing.runs[0]
    return StepCard("run", title, tell_run(newest), newest.stage is Stage.READY,
                    Link(name_run(newest), t("Look at the run")))  # fmt: skip


def _view_report_card(sitter: Sitter, standing: Standing) -> StepCard:
    title = t("Report")
    ready = next((one for one in standing.runs if one.made is not None), None)
    if ready is None:
        return StepCard("report", title, t("There is none yet."), False, None)
    if sitter.name in ready.read_by:
        link = Link(name_run(ready), t("Go to the report"))
        return StepCard("report", title, t("You have read its summary check."), True, link)
    link = Link(name_run(ready), t("Read the summary check"))
    return StepCard("report", title, t("Its summary check is to be read first."), False, link)
