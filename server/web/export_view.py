"""The pages of an export from what the workshop knows of it. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.export.dataset.building import APPROVALS, Survey
from server.export.dataset.manifest import Band
from server.export.dataset.profiles import ALL
from server.export.dataset.table import list_written_columns
from server.export.dataset.tallied import Tally
from server.export.job import Job, Stage
from server.study.recipients import Noted
from server.study.told_parts import HALVES, Part
from server.web.approval_context import RequestRow
from server.web.approval_view import Standing
from server.web.catalogue.spoken import current_language, t
from server.web.contexts import Link
from server.web.export_context import (
    Choosable,
    ExportJobContext,
    ExportPageContext,
    HandedOutRow,
    TableRow,
)
from server.web.export_words import (
    tell_approval,
    tell_band,
    tell_by,
    tell_choice,
    tell_disclosure,
    tell_exact,
    tell_failure,
    tell_half,
    tell_half_only,
    tell_left_out,
    tell_profile,
    tell_stage,
)
from server.web.paths import EXPORT_PATH

_SAID = ("apart", "disclosure", "exact")
APPROVE = "approve_"  # with the word behind it: the name of its box


@dataclass(frozen=True, slots=True)
class Frame:
    """Who looks, and whether nobody stands behind the numbers."""

    name: str
    is_simulated: bool


def view_choosing(
    frame: Frame,
    recipients: Sequence[str],
    noted: Sequence[Noted],
    requests: list[RequestRow],
    jobs: Sequence[Job],
    typed: Mapping[str, str],
    refusal: str,
) -> ExportPageContext:
    """The form as it was typed, and what was handed out, the newest first."""
    approvals = [
        Choosable(word, tell_approval(word), f"{APPROVE}{word}" in typed) for word in APPROVALS
    ]
    return ExportPageContext(
        language=current_language(),
        name=frame.name,
        is_simulated=frame.is_simulated,
        refusal=refusal,
        empty="" if recipients else _tell_nobody(),
        profiles=[Choosable(one, tell_profile(one), typed.get("profile") == one) for one in ALL],
        recipients=[Choosable(one, one, typed.get("recipient") == one) for one in recipients],
        approvals=approvals,
        halves=[
            Choosable(one, tell_half(one), typed.get("part", Part.OUTCOMES) == one)
            for one in HALVES
        ],
        requests=requests,
        jobs=[Link(f"{EXPORT_PATH}/{job.id}", _tell_job(job)) for job in jobs],
        handed_out=[_view_noted(one) for one in reversed(noted)],
    )


def view_job(frame: Frame, job: Job, standing: Standing, refusal: str) -> ExportJobContext:
    """How far it is, what it would hold or holds."""
    path = f"{EXPORT_PATH}/{job.id}"
    return ExportJobContext(
        language=current_language(),
        name=frame.name,
        is_simulated=frame.is_simulated,
        path=path,
        asked=tell_choice(job),
        standing=tell_stage(job),
        is_running=job.is_running,
        progress=[t("{table}: {n} rows", table=name, n=n) for name, n in job.progress]
        if job.is_running
        else [],
        failure="" if job.failure is None else tell_failure(job.failure),
        refusal=refusal,
        can_build=job.stage is Stage.COUNTED and standing.may_build,
        approval=standing.sentence,
        ask_path=f"{path}/approval" if job.stage is Stage.COUNTED and standing.may_ask else "",
        file_path=f"{path}/dataset.zip" if job.stage is Stage.READY else "",
        manifest_sha256="" if job.made is None else job.made.manifest_sha256,
        **_view_survey(None if job.is_running or job.failure else job.survey),
    )


def _view_survey(survey: Survey | None) -> dict[str, Any]:
    if survey is None:
        return {"tables": [], "bands": [], "left_out": [], **dict.fromkeys(_SAID, "")}
    provenance = survey.provenance
    left_out = provenance.left_out.items()
    return {
        "tables": [_view_table(one) for one in survey.tallies],
        "bands": [_tell_band(one) for one in provenance.bands],
        "left_out": [tell_left_out(word, ", ".join(lost)) for word, lost in left_out if lost],
        "apart": "" if provenance.apart.is_whole else tell_half_only(provenance.apart),
        "disclosure": tell_disclosure(provenance.disclosure),
        "exact": "" if provenance.is_exact else tell_exact(provenance.exact),
    }


def _tell_band(one: Band) -> str:
    return tell_band(f"{one.table}.{one.column.name}", one.of, "; ".join(one.column.values))


def _view_table(tally: Tally) -> TableRow:
    reasons: Counter[str] = Counter()
    for (_column, reason), n in tally.absent.items():
        reasons[reason] += n
    absent = ", ".join(f"{reason} {n}" for reason, n in sorted(reasons.items()))
    n_columns = len(list_written_columns(tally.table))
    return TableRow(tally.table.name, tally.n_rows, n_columns, absent or "\N{EM DASH}")


def _view_noted(noted: Noted) -> HandedOutRow:
    one = noted.one
    approved = ", ".join(map(tell_approval, one.approved))
    taken = ", ".join(tell_by(name, wall_ns) for name, wall_ns in noted.taken)
    return HandedOutRow(
        number=noted.number,
        recipient=one.recipient,
        profile=one.profile,
        approved=f"{approved} ({_tell_approved(noted)})" if approved else "\N{EM DASH}",
        manifest_sha256=one.manifest_sha256,
        by=tell_by(noted.recorded_by, noted.recorded_wall_ns),
        taken=taken or "\N{EM DASH}",
    )


def _tell_job(job: Job) -> str:
    return t("{what}: {standing}", what=tell_choice(job), standing=tell_stage(job))


def _tell_approved(noted: Noted) -> str:
    """Why, and by whom; of before a second person had to approve, why alone."""
    approval = noted.approval
    if approval is None:
        return str(noted.one.reason)
    return t(
        "{why}: asked by {asker}, approved by {approver}",
        why=noted.one.reason,
        asker=approval.asked_by,
        approver=approval.approved_by,
    )


def _tell_nobody() -> str:
    return t(
        "Nobody may be given datasets yet. Add a recipient with 'doseline-server recipients add',"
        " which makes her key."
    )
