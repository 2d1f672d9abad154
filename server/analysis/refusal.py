"""What stands where a method refuses."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """An analysis that the data don't allow. Nothing stands in its place."""

    analysis: str
    outcome: str | None
    why: str
