"""Requests to give more away from what the study knows of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from server.export.dataset.disclosure import Disclosure
from server.export.dataset.ordering import Choice
from server.people.roles import Role
from server.study.approval import APPROVERS, Approval, Verdict, is_same_person
from server.web.approval_context import RequestRow
from server.web.catalogue.spoken import t
from server.web.export_words import tell_approval, tell_by, tell_exact, tell_profile
from server.web.paths import APPROVALS_PATH


@dataclass(frozen=True, slots=True)
class Standing:
    """Of the approval that an export needs: a sentence, whether it may be built, or asked for."""

    sentence: str = ""
    may_build: bool = True
    may_ask: bool = False


def view_requests(approvals: Sequence[Approval], name: str, role: Role) -> list[RequestRow]:
    """The newest first; who asked can't decide."""
    return [_view(one, name, role) for one in reversed(approvals)]


def tell_standing(
    choice: Choice, approvals: Sequence[Approval], usable: Approval | None
) -> Standing:
    """`usable`: the approval that lets her build it."""
    if not choice.approved:
        return Standing()
    if usable is not None:
        by = str(usable.approved_by)
        told = t("Approved by {name} (request {n}).", name=by, n=usable.number)
        return Standing(told)
    same = [one for one in approvals if one.is_for(choice.recipient, choice.profile,
                                                   choice.approved)]  # fmt: skip
    if same and same[-1].decision is None:
        told = t(
            "Request {n} waits: somebody else than {name} has to decide it. Nothing can be built"
            " before.",
            n=same[-1].number,
            name=same[-1].asked_by,
        )
        return Standing(told, may_build=False)
    told = t("No second person has approved this for you. Ask, and let somebody else decide.")
    return Standing(told, may_build=False, may_ask=True)


def _view(one: Approval, name: str, role: Role) -> RequestRow:
    wanted = one.wanted
    found = Disclosure((), wanted.smallest_group, wanted.in_small_groups)
    may_decide = (
        one.decision is None and role in APPROVERS and not is_same_person(one.asked_by, name)
    )
    return RequestRow(
        number=one.number,
        asked=t("{recipient}: {profile}", recipient=wanted.recipient,
                profile=tell_profile(wanted.profile)),
        words=", ".join(map(tell_approval, wanted.words)),
        reason=wanted.reason,
        alike=tell_exact(found),
        by=tell_by(one.asked_by, one.asked_wall_ns),
        became=_tell_decision(one),
        decide_path=f"{APPROVALS_PATH}/{one.number}" if may_decide else "",
    )  # fmt: skip


def _tell_decision(one: Approval) -> str:
    decision = one.decision
    if decision is None:
        return t("Waits for a second person")
    by = tell_by(decision.by, decision.wall_ns)
    if decision.verdict is Verdict.REFUSED:
        return t("Refused by {by}: {why}", by=by, why=decision.reason)
    if one.manifest_sha256 is None:
        return t("Approved by {by}", by=by)
    return t("Approved by {by}, and used", by=by)
