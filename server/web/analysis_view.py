"""The page of the four steps, from what stands in the study. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.analysis.runs.run import Run, Stage
from server.analysis.study_data import Basis
from server.study.analysis_records import AnalysisRecord
from server.web.analysis_context import AnalysisPageContext, Fact, PlanRow, StepCard
from server.web.analysis_plan_facts import DASH, list_plan_facts
from server.web.analysis_words import tell_by, tell_data, tell_run
from server.web.catalogue.spoken import current_language, t
from server.web.contexts import Link
from server.web.paths import ANALYSIS_LOCK_PATH, ANALYSIS_PLAN_PATH, ANALYSIS_RUNS_PATH


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
        plan=[] if in_force is None else list_plan_facts(in_force),
        plans=[_view_plan(one) for one in reversed(standing.plans[:-1])],
        lock=[] if standing.lock is None else _list_lock(standing.lock),
        data=tell_data(standing.basis),
        can_run=sitter.may_plan and in_force is not None,
        runs=[Link(name_run(one), tell_run(one)) for one in standing.runs],
    )


def name_run(run: Run) -> str:
    """The address of its page."""
    return f"{ANALYSIS_RUNS_PATH}/{run.id}"


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
