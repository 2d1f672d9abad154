"""What a trainer enters, before it has an id: drafts in the order of their minutes."""

from dataclasses import dataclass, field
from typing import Any

from protocol.ledger.instants import format_utc_ms

Value = dict[str, Any]
MS_PER_MIN = 60_000


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry. `label` names it for a later one that `supersedes` it."""

    at_ms: int
    kind: str
    about: str
    value: Value | None
    label: str | None = None
    supersedes: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Notebook:
    """Collects an evening's drafts; minutes count from the planned start."""

    start_ms: int
    drafts: list[Draft] = field(default_factory=list)

    def write(self, minute: float, kind: str, about: str, value: Value, **more: str | None) -> None:
        """One more entry."""
        self.drafts.append(Draft(self.at_ms(minute), kind, about, value, **more))

    def at_ms(self, minute: float) -> int:
        """UTC, ms since 1970."""
        return self.start_ms + round(minute * MS_PER_MIN)

    def utc(self, minute: float) -> str:
        """The same as text."""
        return format_utc_ms(self.at_ms(minute))

    def in_order(self) -> list[Draft]:
        """By time; what was entered first stays first."""
        return sorted(self.drafts, key=lambda draft: draft.at_ms)
