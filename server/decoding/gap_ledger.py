"""Stretches of which nothing is known, each with its cause. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class GapCause(StrEnum):
    """Why nothing is known of a stretch; each value is a word of exports."""

    DECLARED = "declared"  # a gateway said so; `detail` is its reason (`GapReason`, or a newer one)
    SILENCE = "silence"  # nothing came, and nobody said why
    BEATS_MISSING = "beats_missing"  # RR intervals add up to less time than went by
    BEATS_REPEATED = "beats_repeated"  # they add up to more
    NO_CONTACT = "no_contact"  # the strap said so, or its beats did
    NO_VALUE = "no_value"  # rows without a heart rate
    OUT_OF_RANGE = "out_of_range"  # no heart beats like that
    JUMP = "jump"  # no heart changes like that
    FLAT = "flat"  # no heart stays like that


@dataclass(frozen=True, slots=True)
class Gap:
    """From one moment to another on one clock; both are 0 or more apart."""

    from_ns: int
    to_ns: int
    cause: GapCause
    detail: str | None = None

    def __post_init__(self) -> None:
        if self.to_ns < self.from_ns:
            raise ValueError("a gap can't end before it begins")

    @property
    def duration_ns(self) -> int:
        """How long it is."""
        return self.to_ns - self.from_ns


def explain_gaps(found: Iterable[Gap], declared: Sequence[Gap]) -> list[Gap]:
    """The found gaps, each with the cause of the declared one that covers most of it.

    Only silence and missing beats are explained so: what a strap sent and was refused has a cause
    of its own. Both lists are on one clock; nothing's ends are moved.
    """
    unexplained = {GapCause.SILENCE, GapCause.BEATS_MISSING}
    return [_explain(gap, declared) if gap.cause in unexplained else gap for gap in found]


def _explain(gap: Gap, declared: Sequence[Gap]) -> Gap:
    best = max(declared, key=lambda other: _overlap_ns(gap, other), default=None)
    if best is None or not _overlap_ns(gap, best):
        return gap
    return replace(gap, cause=best.cause, detail=best.detail)


def _overlap_ns(one: Gap, other: Gap) -> int:
    return max(0, min(one.to_ns, other.to_ns) - max(one.from_ns, other.from_ns))
