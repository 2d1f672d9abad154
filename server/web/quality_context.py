"""What the page of the quality queue may show."""

from dataclasses import dataclass
from typing import ClassVar

from server.web.dose_context import Tab


@dataclass(frozen=True, slots=True)
class PastDecision:
    """What somebody decided of a finding, in a sentence."""

    words: str
    note: str


@dataclass(frozen=True, slots=True)
class FindingCard:
    """One finding. `review_path` empty: there is nothing to correct in a review.

    `seen` and the four keys go with the form: a decision is about just what was shown.
    """

    id: str
    session: str
    rule: str
    subject: str
    evidence_sha256: str
    seen: int
    title: str
    where: str
    sentence: str
    look: str
    review_path: str
    is_open: bool
    trouble: str
    typed: str
    decision: PastDecision | None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule, and a way to its findings; `path` empty where it has none."""

    title: str
    threshold: str
    look: str
    n_open: int
    path: str


@dataclass(frozen=True, slots=True)
class QualityPageContext:
    """The quality queue. `may_decide`: her role may; `empty` says why there is no card."""

    template: ClassVar[str] = "quality.html"

    language: str
    name: str
    is_simulated: bool
    last_run: str
    to_come: str
    said: str
    refusal: str
    may_decide: bool
    tabs: list[Tab]
    chosen: str
    all_path: str
    more_path: str
    empty: str
    cards: list[FindingCard]
    rules: list[RuleRow]
