"""An approval by a second person: what was asked, what became of it, whom it lets build. Pure.

It is bound to its recipient, profile and words, and to the first dataset that was handed out by it:
the same bytes may be built again, other data need another approval (decision 0042).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.people.roles import Role

MAX_REASON: Final = 500  # characters
# Those who answer for the study, and know what a dataset tells.
APPROVERS: Final = frozenset({Role.RESEARCHER, Role.DATA_MANAGER})
_OPERATOR: Final = "os:"  # before the name of who runs commands


class Verdict(StrEnum):
    """What the second person decided."""

    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks to give away: `words` of one profile for one recipient, and why.

    `smallest_group` participants were alike in exact values when she asked (None: nobody was in
    the study), and `in_small_groups` in groups that are too small.
    """

    recipient: str
    profile: str
    words: tuple[str, ...]
    reason: str
    smallest_group: int | None
    in_small_groups: int


@dataclass(frozen=True, slots=True)
class Decision:
    """Of a second person. A refusal has its reason."""

    verdict: Verdict
    by: str
    wall_ns: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class Approval:
    """A request and what became of it. `manifest_sha256`: of the dataset that it was used for."""

    number: int
    wanted: Wanted
    asked_by: str
    asked_wall_ns: int
    decision: Decision | None
    manifest_sha256: str | None

    def is_for(self, recipient: str, profile: str, words: Collection[str]) -> bool:
        """Whether just this was asked for."""
        wanted = self.wanted
        asked = (wanted.recipient, wanted.profile, {*wanted.words})
        return asked == (recipient, profile, {*words})

    @property
    def approved_by(self) -> str | None:
        """Who approved it."""
        is_approved = self.decision is not None and self.decision.verdict is Verdict.APPROVED
        return self.decision.by if self.decision is not None and is_approved else None

    def lets(self, builder: str) -> bool:
        """Whether `builder` may build by it: neither she nor who asked may be who approved."""
        approver = self.approved_by
        return approver is not None and not any(
            is_same_person(approver, one) for one in (builder, self.asked_by)
        )


def is_same_person(one: str, other: str) -> bool:
    """An operator and an account of one name are taken for one person."""
    return one.removeprefix(_OPERATOR) == other.removeprefix(_OPERATOR)
