"""Findings with what people decided of them: which are open, in which order. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.projection.quality.finding import Finding
from server.projection.quality.rules import RULES
from server.study.quality_decisions import Act, Decision, FindingKey

_ORDER: Final = {rule.key: place for place, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class Queued:
    """A finding that holds now, and the newest decision on this evidence of it."""

    finding: Finding
    decision: Decision | None

    @property
    def key(self) -> FindingKey:
        """By which decisions find it."""
        one = self.finding
        return FindingKey(one.session, one.rule, one.subject, one.evidence_sha256)

    @property
    def is_open(self) -> bool:
        """Nobody has decided it, or what was decided was taken back."""
        return self.decision is None or self.decision.act is Act.REOPENED

    @property
    def seen(self) -> int:
        """The number of the decision that a reader sees, 0 for none."""
        return 0 if self.decision is None else self.decision.number


def queue_findings(
    findings: Iterable[Finding],
    decisions: Mapping[FindingKey, Decision],
    lines: Sequence[Mapping[str, Any]],
) -> list[Queued]:
    """Session by session, the oldest first, in each by the order of the rules."""
    starts = {line["id"]: (line["planned_start"] or "", line["id"]) for line in lines}
    made = [Queued(one, None) for one in findings if one.rule in _ORDER]
    made = [Queued(one.finding, decisions.get(one.key)) for one in made]
    return sorted(made, key=lambda one: (starts.get(one.finding.session, ("", "")), *_place(one)))


def _place(one: Queued) -> tuple[int, str]:
    return _ORDER[one.finding.rule], one.finding.subject
