"""What is shown of entries that contradict each other."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version: what it says and where it comes from."""

    id: str
    said: str
    maker: str
    is_paper: bool


@dataclass(frozen=True, slots=True)
class DisputeView:
    """One thing with all its versions; `seen` are their ids, for whoever decides."""

    kind: str
    about: str
    title: str
    seen: str
    versions: list[VersionView]


@dataclass(frozen=True, slots=True)
class DisputesPageContext:
    """All contradictions of a session. `trouble` is of the `troubled` one, whose form came back."""

    template: ClassVar[str] = "contradictions.html"

    language: str
    name: str
    title: str
    is_simulated: bool
    review_path: str
    path: str
    may_decide: bool
    said: str
    refusal: str
    disputes: list[DisputeView]
    troubled: str
    trouble: str
    chosen: str
    reason: str
